extension DeviceCatalog {
    static let referenceSTT = #"""
        name = "reference-stt"
        kind = "stt"
        summary = "The perpendicular junction of the reference points: every method is held against them."
        diameter_m = { value = 40e-9, source = "chosen: that of the SPINLIB junction" }
        thickness_m = { value = 1.3e-9, source = "chosen: that of the SPINLIB junction" }
        ms_a_per_m = { value = 1.1e6, source = "chosen: CoFeB" }
        damping = { value = 0.02, source = "chosen" }
        polarization = { value = 0.6, source = "chosen" }
        delta = { value = 50, source = "chosen, at the temperature set" }
        temperature_k = { value = 300, source = "chosen" }
        """#

    static let referenceSOT = #"""
        name = "reference-sot"
        kind = "sot"
        summary = "The layer of reference-stt with more damping, written by a damping-like spin-orbit torque; its overdrive is the torque's field over the anisotropy field."
        diameter_m = { value = 40e-9, source = "chosen: as reference-stt" }
        thickness_m = { value = 1.3e-9, source = "chosen: as reference-stt" }
        ms_a_per_m = { value = 1.1e6, source = "chosen: as reference-stt" }
        damping = { value = 0.1, source = "chosen: a layer on a heavy metal" }
        delta = { value = 50, source = "chosen, at the temperature set" }
        temperature_k = { value = 300, source = "chosen" }
        in_plane_field_over_hk = { value = -0.2, source = "chosen" }
        """#
}
