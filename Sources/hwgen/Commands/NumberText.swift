import Foundation

/// A number with a fixed count of digits behind the point.
func decimal(_ value: Double, _ digits: Int) -> String { String(format: "%.\(digits)f", value) }

/// A share as a percentage with two digits behind the point.
func percent(_ share: Double) -> String { decimal(100 * share, 2) + " %" }

/// A whole number with commas between groups of three digits.
func grouped(_ value: Int) -> String {
    var text = ""
    for (index, digit) in String(value.magnitude).reversed().enumerated() {
        if index > 0, index % 3 == 0 { text.append(",") }
        text.append(digit)
    }
    return (value < 0 ? "-" : "") + String(text.reversed())
}
