//! A date as a user writes it in; the same, where there is such a date, out.

/// A year, a month or a day: `2024`, `2024-09`, `2024-09-22`.
///
/// # Errors
/// When it is written otherwise, or no calendar has it.
pub(super) fn date(text: &str) -> Result<String, String> {
    let shape: String = text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    if !["0000", "0000-00", "0000-00-00"].contains(&shape.as_str()) {
        return Err("write a year, a month or a day: 2024, 2024-09 or 2024-09-22".to_owned());
    }
    let part = |at: usize| text.split('-').nth(at).map_or(Some(1), |part| part.parse::<u32>().ok());
    let (year, month, day) = (part(0), part(1), part(2));
    let leap =
        |year: u32| year.is_multiple_of(4) && !year.is_multiple_of(100) || year.is_multiple_of(400);
    let days = match (year, month) {
        (Some(year), Some(2)) => 28 + u32::from(leap(year)),
        (_, Some(4 | 6 | 9 | 11)) => 30,
        (_, Some(1..=12)) => 31,
        _ => 0,
    };
    if day.is_some_and(|day| (1..=days).contains(&day)) {
        Ok(text.to_owned())
    } else {
        Err("there is no such date".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_that_are_and_are_not() {
        for text in ["2024", "2024-09", "2024-02-29", "2000-02-29", "2015-12-31"] {
            assert!(date(text).is_ok(), "{text}");
        }
        for text in
            ["24", "2024-13", "2024-00", "2023-02-29", "1900-02-29", "2024-04-31", "2024-9", ""]
        {
            assert!(date(text).is_err(), "{text}");
        }
    }
}
