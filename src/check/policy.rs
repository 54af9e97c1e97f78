//! What a repository wants of its drafts in (`check:` of `adref.yaml`); how each rule is to be run out.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{self, Deserializer, IntoDeserializer, MapAccess, Visitor};

use super::rules;
use crate::model::{Facts, Mark, Paragraph, Severity};
use crate::text::{all_acts, is_act, opening_act};

/// How much a rule matters in a repository.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// It does not run.
    Off,
    /// Worth knowing.
    Note,
    /// Probably a slip.
    Warning,
    /// Must be put right.
    Error,
}

/// What `adref.yaml` says of one rule: a level alone, or settings.
#[derive(Clone, Debug, PartialEq)]
pub enum Setting {
    /// `placeholder: error`
    Level(Level),
    /// `placeholder: { severity: error, also: [XX] }`
    Settings(Settings),
}

// By hand, so that a fault is told with its own line and name, and not as one of the whole.
impl<'de> Deserialize<'de> for Setting {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Either;

        impl<'de> Visitor<'de> for Either {
            type Value = Setting;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a severity, or a group of settings,")
            }

            fn visit_unit<E: de::Error>(self) -> Result<Setting, E> {
                Ok(Setting::Settings(Settings::default()))
            }

            fn visit_str<E: de::Error>(self, level: &str) -> Result<Setting, E> {
                Level::deserialize(level.into_deserializer()).map(Setting::Level)
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Setting, A::Error> {
                Settings::deserialize(MapAccessDeserializer::new(map)).map(Setting::Settings)
            }
        }

        from.deserialize_any(Either)
    }
}

/// How one rule is run.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// How much its findings matter; what the rule says where absent.
    pub severity: Option<Level>,
    /// Files it holds for, `*` and `**` standing for any name and any folders; all where empty.
    pub paths: Vec<String>,
    /// Words of the headings under which it holds; everywhere where empty.
    pub sections: Vec<String>,
    /// More words that hold a place: of `placeholder`.
    pub also: Vec<String>,
    /// The largest share (0..1) of new words in a paragraph: of `new-language`.
    pub most: Option<f64>,
    /// What the paragraphs of a section begin with, in this order: of `structure`.
    pub order: Vec<Opening>,
    /// [`Policy::final_stages`].
    #[serde(skip)]
    pub(super) final_stages: Vec<String>,
}

/// What a paragraph does at its place in a section.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opening {
    /// What the place is called in a message: "recall or reaffirm what was agreed".
    pub name: String,
    /// Acts that it may open with: `recall`, `reaffirm`, `take note`.
    pub acts: Vec<String>,
    /// Marks that put a paragraph here too, whatever it opens with.
    #[serde(default)]
    pub marks: Vec<Mark>,
    /// True where a section may do without it.
    #[serde(default)]
    pub optional: bool,
}

impl Opening {
    /// True where a paragraph does this.
    pub(super) fn is_of(&self, paragraph: &Paragraph, facts: &Facts) -> bool {
        let act = opening_act(&paragraph.text);
        act.is_some_and(|act| self.acts.iter().any(|wanted| wanted == act.base))
            || facts.marking.mark.is_some_and(|mark| self.marks.contains(&mark))
    }
}

/// What a repository wants of its drafts.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Policy {
    /// What is said of single rules, by their names.
    pub rules: BTreeMap<String, Setting>,
    /// Rules to run; all where empty. Of the command line.
    #[serde(skip)]
    pub only: Vec<String>,
    /// Stages of a draft at which nothing may be open any more, beside "adopted" and "final".
    pub final_stages: Vec<String>,
}

impl Policy {
    /// How a rule is to be run.
    pub(super) fn settings(&self, rule: &str) -> Settings {
        if !self.only.is_empty() && !self.only.iter().any(|only| only == rule) {
            return Settings { severity: Some(Level::Off), ..Settings::default() };
        }
        let settings = match self.rules.get(rule) {
            Some(Setting::Level(level)) => {
                Settings { severity: Some(*level), ..Settings::default() }
            }
            Some(Setting::Settings(settings)) => settings.clone(),
            None => Settings::default(),
        };
        Settings { final_stages: self.final_stages.clone(), ..settings }
    }

    /// True where a rule looks at this file.
    pub fn runs(&self, rule: &str, path: &str) -> bool {
        let settings = self.settings(rule);
        !settings.is_off() && settings.holds_for(path)
    }

    /// True where the policy says that a rule is not to be run, whatever the command line says.
    pub(super) fn is_switched_off(&self, rule: &str) -> bool {
        match self.rules.get(rule) {
            Some(Setting::Level(level)) => *level == Level::Off,
            Some(Setting::Settings(settings)) => settings.is_off(),
            None => false,
        }
    }

    /// Sections that a rule is to hold for and that no heading names, each in a sentence; `headings` are those of all
    /// the drafts.
    pub fn idle_sections(&self, headings: &[&str]) -> Vec<String> {
        let named = |section: &str| {
            let wanted = section.to_lowercase();
            headings.iter().any(|heading| heading.to_lowercase().contains(&wanted))
        };
        let idle = self.told().flat_map(|(rule, settings)| {
            let idle = settings.sections.iter().filter(|section| !named(section));
            idle.map(move |section| format!("{rule}: no heading has the words “{section}”"))
        });
        idle.collect()
    }

    /// Patterns of files that a rule is to hold for and that none of these drafts fits, each in a sentence.
    pub fn idle_paths(&self, drafts: &[&str]) -> Vec<String> {
        let idle = self.told().flat_map(|(rule, settings)| {
            let fits = |glob: &String, path: &str| {
                let only = Settings { paths: vec![glob.clone()], ..Settings::default() };
                only.holds_for(path)
            };
            let idle = settings.paths.iter();
            let idle = idle.filter(move |glob| !drafts.iter().any(|path| fits(glob, path)));
            idle.map(move |glob| format!("{rule}: no draft has a name like “{glob}”"))
        });
        idle.collect()
    }

    /// The settings of the rules that are run.
    fn told(&self) -> impl Iterator<Item = (&String, &Settings)> {
        self.rules.iter().filter_map(|(rule, setting)| match setting {
            Setting::Settings(settings) if self.only.is_empty() || self.only.contains(rule) => {
                Some((rule, settings))
            }
            _ => None,
        })
    }

    /// What is wrong with it: a rule, an option or an act that there is not, and what was probably meant.
    pub fn faults(&self) -> Vec<String> {
        rules::faults(self)
    }
}

impl Settings {
    /// What is wrong with the settings of a rule that takes these `options`.
    pub(super) fn faults<'s>(&'s self, options: &'s [&str]) -> impl Iterator<Item = String> + 's {
        let given = [
            ("also", !self.also.is_empty()),
            ("most", self.most.is_some()),
            ("order", !self.order.is_empty()),
        ];
        let foreign =
            given.into_iter().filter(|(option, given)| *given && !options.contains(option));
        let foreign = foreign.map(|(option, _)| format!("this rule has no setting “{option}”"));
        let globs = self.paths.iter().filter(|glob| glob::Pattern::new(glob).is_err());
        let globs = globs.map(|glob| format!("“{glob}” is no pattern of file names"));
        let share = self.most.filter(|most| !(0.0..=1.0).contains(most));
        let share = share
            .map(|most| format!("most is a share of words and lies between 0 and 1, not {most}"));
        let acts = self.order.iter().flat_map(|opening| &opening.acts);
        let acts = acts.filter(|act| !is_act(act)).map(|act| {
            let like = most_like(act, all_acts());
            let help = like.map_or(String::new(), |like| format!("; did you mean “{like}”?"));
            format!("there is no act “{act}”{help}")
        });
        foreign.chain(globs).chain(share).chain(acts)
    }

    pub(super) fn is_off(&self) -> bool {
        self.severity == Some(Level::Off)
    }

    /// How much findings matter, where the policy says so.
    pub(super) fn level(&self) -> Option<Severity> {
        match self.severity? {
            Level::Off => None,
            Level::Note => Some(Severity::Note),
            Level::Warning => Some(Severity::Warning),
            Level::Error => Some(Severity::Error),
        }
    }

    /// True for a stage at which nothing may be open any more.
    pub(super) fn is_final(&self, stage: &str) -> bool {
        let stage = stage.trim();
        let named = self.final_stages.iter().map(String::as_str);
        ["adopted", "final"].into_iter().chain(named).any(|last| last.eq_ignore_ascii_case(stage))
    }

    /// True where it holds for the file `path`.
    pub(super) fn holds_for(&self, path: &str) -> bool {
        let path = path.trim_start_matches("./");
        let matches = |glob: &String| {
            glob::Pattern::new(glob.trim_start_matches("./")).is_ok_and(|pattern| {
                pattern.matches(path)
                    || path
                        .match_indices('/')
                        .any(|(at, _)| path.get(at + 1..).is_some_and(|rest| pattern.matches(rest)))
            })
        };
        self.paths.is_empty() || self.paths.iter().any(matches)
    }
}

/// Below this share of characters in common nobody meant the one by the other.
const LIKE: f32 = 0.6;

/// The one of `known` that is most like `name`, where one is like it at all.
pub fn most_like<'k>(name: &str, known: impl Iterator<Item = &'k str>) -> Option<&'k str> {
    let alike = |known: &str| similar::TextDiff::from_chars(name, known).ratio();
    let best = known.map(|known| (alike(known), known)).max_by(|a, b| a.0.total_cmp(&b.0));
    best.filter(|(alike, _)| *alike >= LIKE).map(|(_, known)| known)
}
