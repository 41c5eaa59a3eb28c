extension DeviceCatalog {
    static let retentionSTT = #"""
        name = "retention-stt"
        kind = "stt"
        summary = "A storage-grade perpendicular STT junction with laws of temperature and spread: hwgen's cell for weights."
        diameter_m = { value = 40e-9, source = "assumed: the node of the SPINLIB junction" }
        thickness_m = { value = 1.3e-9, source = "assumed: that of the SPINLIB junction" }
        ms_a_per_m = { value = 1.2572e6, source = "as spinlib-stt" }
        damping = { value = 0.02, source = "assumed: between Beta 5's manual and double-interface layers" }
        delta = { value = 60, source = "assumed: ten years at 85 C" }
        temperature_k = { value = 300, source = "chosen" }
        reference_temperature_k = { value = 300, source = "chosen" }
        curie_temperature_k = { value = 1120, source = "as spinlib-stt" }
        barrier_exponent = { value = 3, source = "Callen and Callen (1966): uniaxial anisotropy; assumed for the interface" }
        polarization_decay_per_k15 = { value = 2e-5, source = "order of magnitude of Shang et al. (1998)" }
        resistance_area_ohm_m2 = { value = 5e-12, source = "as spinlib-stt" }
        tmr = { value = 1.26, source = "as spinlib-stt" }
        tmr_half_voltage_v = { value = 0.5, source = "as spinlib-stt" }
        oxide_thickness_m = { value = 0.85e-9, source = "as spinlib-stt" }
        oxide_barrier_ev = { value = 0.4, source = "as spinlib-stt" }
        breakdown_voltage_v = { value = 1.2, source = "assumed: short pulses over 0.85 nm of MgO" }
        access_resistance_ohm = { value = 1000, source = "assumed: a minimum transistor of a 40 nm process" }
        sigma_diameter = { value = 0.02, source = "assumed" }
        sigma_thickness = { value = 0.01, source = "as spinlib-stt" }
        sigma_oxide = { value = 0.01, source = "as spinlib-stt" }
        sigma_tmr = { value = 0.01, source = "as spinlib-stt" }
        """#

    static let nandSpin8 = #"""
        name = "nand-spin-8"
        kind = "nand-spin"
        summary = "Eight junctions on one heavy-metal strip: erased together by its current, programmed one by one through the junction."
        diameter_m = { value = 40e-9, source = "SPINLIB STT-SOT-MTJ v1.3: 40 nm" }
        thickness_m = { value = 1.1e-9, source = "assumed, so that the bit is kept (SPINLIB's 0.7 nm keeps none)" }
        ms_a_per_m = { value = 1.0e6, source = "assumed: CoFeB" }
        damping = { value = 0.03, source = "SPINLIB STT-SOT-MTJ v1.3" }
        delta = { value = 50, source = "assumed: between 40 and 60" }
        temperature_k = { value = 300, source = "chosen" }
        polarization = { value = 0.612, source = "SPINLIB STT-SOT-MTJ v1.3: sqrt(TMR / (2 + TMR))" }
        resistance_area_ohm_m2 = { value = 5e-12, source = "SPINLIB STT-SOT-MTJ v1.3: 5 to 15 ohm um2" }
        tmr = { value = 1.2, source = "SPINLIB STT-SOT-MTJ v1.3" }
        tmr_half_voltage_v = { value = 0.5, source = "SPINLIB STT-SOT-MTJ v1.3" }
        oxide_thickness_m = { value = 0.85e-9, source = "SPINLIB STT-SOT-MTJ v1.3" }
        oxide_barrier_ev = { value = 0.4, source = "SPINLIB STT-SOT-MTJ v1.3" }
        breakdown_voltage_v = { value = 1.2, source = "assumed: short pulses over 0.85 nm of MgO" }
        access_resistance_ohm = { value = 1000, source = "assumed: a minimum transistor of a 40 nm process" }
        spin_hall_angle = { value = 0.3, source = "SPINLIB STT-SOT-MTJ v1.3" }
        field_like_ratio = { value = 0, source = "assumed" }
        in_plane_field_over_hk = { value = 0, source = "assumed: a small current through the junctions directs the erase, as in Shi et al. (2021)" }
        strip_length_m = { value = 600e-9, source = "assumed: eight junctions at a pitch of 75 nm" }
        strip_width_m = { value = 40e-9, source = "SPINLIB STT-SOT-MTJ v1.3" }
        strip_thickness_m = { value = 3e-9, source = "SPINLIB STT-SOT-MTJ v1.3" }
        strip_resistivity_ohm_m = { value = 2e-6, source = "SPINLIB STT-SOT-MTJ v1.3: 200 uohm cm" }
        junctions_per_string = { value = 8, source = "Shi et al., IEEE Electron Device Lett. 42, 513 (2021): 8 on one nanowire" }
        sigma_diameter = { value = 0.02, source = "assumed" }
        sigma_thickness = { value = 0.01, source = "as spinlib-stt" }
        sigma_oxide = { value = 0.01, source = "as spinlib-stt" }
        sigma_tmr = { value = 0.01, source = "as spinlib-stt" }
        """#
}
