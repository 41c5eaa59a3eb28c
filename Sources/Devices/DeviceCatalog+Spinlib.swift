extension DeviceCatalog {
    // Numbers are those of the compact models' source and manual, converted to SI; the models' text is not used.

    static let spinlibSTT = #"""
        name = "spinlib-stt"
        kind = "stt"
        summary = "SPINLIB's perpendicular STT junction (Beta 5, 2020) with the defaults of its code; its manual differs, see spinlib-stt-manual."
        diameter_m = { value = 40e-9, source = "SPINLIB STT-PMA-MTJ Beta 5, code" }
        thickness_m = { value = 1.3e-9, source = "SPINLIB STT-PMA-MTJ Beta 5, code (tsl)" }
        ms_a_per_m = { value = 1.2572e6, source = "SPINLIB code: 18342 Oe at 0 K, 15799 Oe at 300 K by its law" }
        damping = { value = 0.027, source = "SPINLIB code" }
        anisotropy_field_a_per_m = { value = 1.14034e5, source = "SPINLIB code: Hk0 = 1433 Oe at 300 K" }
        temperature_k = { value = 300, source = "SPINLIB code" }
        reference_temperature_k = { value = 300, source = "SPINLIB code" }
        curie_temperature_k = { value = 1120, source = "SPINLIB code: Ms = Ms0 (1 - (T/1120)^1.5)" }
        anisotropy_slope_a_per_m_k = { value = -238.73, source = "SPINLIB code: Hk = Hk0 + 900 - 3 T, in Oe" }
        resistance_area_ohm_m2 = { value = 5e-12, source = "SPINLIB code: RA = 5 ohm um2" }
        tmr = { value = 1.26, source = "SPINLIB code: 1.8, which its temperature law makes 1.26 at 300 K" }
        tmr_half_voltage_v = { value = 0.5, source = "SPINLIB code (Vh)" }
        oxide_thickness_m = { value = 0.85e-9, source = "SPINLIB code (tox)" }
        oxide_barrier_ev = { value = 0.4, source = "SPINLIB code (phi)" }
        sigma_thickness = { value = 0.01, source = "SPINLIB code: 3 sigma = 3 %" }
        sigma_oxide = { value = 0.01, source = "SPINLIB code: 3 sigma = 3 %" }
        sigma_tmr = { value = 0.01, source = "SPINLIB code: 3 sigma = 3 %" }
        sigma_diameter = { value = 0.005, source = "SPINLIB code: 3 sigma = 3 % of the area" }
        """#

    static let spinlibSTTManual = #"""
        name = "spinlib-stt-manual"
        kind = "stt"
        summary = "SPINLIB's perpendicular STT junction with the table of its manual, where that differs from the code: damping, anisotropy, magnetoresistance."
        diameter_m = { value = 40e-9, source = "SPINLIB PM_Beta_5 manual" }
        thickness_m = { value = 1.3e-9, source = "SPINLIB manual" }
        ms_a_per_m = { value = 1.2573e6, source = "SPINLIB manual: 15800 Oe" }
        damping = { value = 0.025, source = "SPINLIB manual" }
        anisotropy_field_a_per_m = { value = 1.37987e5, source = "SPINLIB manual: 1734 Oe" }
        temperature_k = { value = 300, source = "SPINLIB manual" }
        resistance_area_ohm_m2 = { value = 5e-12, source = "SPINLIB manual: 5 ohm um2" }
        tmr = { value = 1.42, source = "SPINLIB manual: 200 %, which the code's temperature law makes 1.42 at 300 K" }
        tmr_half_voltage_v = { value = 0.5, source = "SPINLIB manual" }
        oxide_thickness_m = { value = 0.85e-9, source = "SPINLIB manual" }
        oxide_barrier_ev = { value = 0.4, source = "SPINLIB manual" }
        """#

    static let spinlibSOT = #"""
        name = "spinlib-sot"
        kind = "sot-stt"
        summary = "SPINLIB's junction written by SOT and STT together (v1.3, 2022); its thermal stability of 9 keeps no bit."
        diameter_m = { value = 40e-9, source = "SPINLIB STT-SOT-MTJ v1.3, code" }
        thickness_m = { value = 0.7e-9, source = "SPINLIB STT-SOT-MTJ v1.3, code" }
        ms_a_per_m = { value = 8e5, source = "SPINLIB code" }
        damping = { value = 0.03, source = "SPINLIB code" }
        anisotropy_field_a_per_m = { value = 8.8e4, source = "SPINLIB code" }
        temperature_k = { value = 300, source = "SPINLIB code" }
        polarization = { value = 0.612, source = "SPINLIB code: sqrt(TMR / (2 + TMR))" }
        slonczewski_lambda = { value = 1.1, source = "SPINLIB code (asy)" }
        resistance_area_ohm_m2 = { value = 1e-11, source = "SPINLIB code: 10 ohm um2" }
        tmr = { value = 1.2, source = "SPINLIB code" }
        tmr_half_voltage_v = { value = 0.5, source = "SPINLIB code" }
        oxide_thickness_m = { value = 0.85e-9, source = "SPINLIB code" }
        oxide_barrier_ev = { value = 0.4, source = "SPINLIB code" }
        spin_hall_angle = { value = 0.3, source = "SPINLIB code (eta)" }
        field_like_ratio = { value = 0.8, source = "SPINLIB code (fac_FL)" }
        in_plane_field_over_hk = { value = -0.0452, source = "SPINLIB code: -5 mT" }
        strip_length_m = { value = 60e-9, source = "SPINLIB code" }
        strip_width_m = { value = 40e-9, source = "SPINLIB code" }
        strip_thickness_m = { value = 3e-9, source = "SPINLIB code" }
        strip_resistivity_ohm_m = { value = 2e-6, source = "SPINLIB code: 200 uohm cm" }
        """#
}
