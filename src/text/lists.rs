//! A file of word lists in; the words of each list out.

/// Word lists of one file. `[name]` opens a list; below it stands one word or phrase a line; `#` opens a remark.
#[derive(Clone, Debug, Default)]
pub struct Lists(Vec<(&'static str, Vec<&'static str>)>);

impl Lists {
    /// Reads the lists of a file.
    pub fn parse(data: &'static str) -> Self {
        let mut lists: Vec<(&str, Vec<&str>)> = Vec::new();
        for line in data.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
            if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
                lists.push((name, Vec::new()));
            } else if let Some((_, words)) = lists.last_mut() {
                words.push(line);
            }
        }
        Self(lists)
    }

    /// The words of a list, in the order of the file; none where there is no list of this name.
    pub fn of(&self, name: &str) -> &[&'static str] {
        self.0.iter().find(|(own, _)| *own == name).map_or(&[], |(_, words)| words.as_slice())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_by_name() {
        let lists = Lists::parse("# A remark\n[one]\na\nb c\n\n# Another\n[two]\nd\n");
        assert_eq!(lists.of("one"), ["a", "b c"]);
        assert_eq!(lists.of("two"), ["d"]);
        assert!(lists.of("three").is_empty());
    }
}
