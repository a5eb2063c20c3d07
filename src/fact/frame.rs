//! Frames, ready to be used: what each compiled phrase is for, and what each frame allows.
//!
//! Made from the records of `attribute`; finds nothing itself.

use super::attribute::{Attribute, AttributeFile, FactWords, ValueKind};
use super::gist::Gists;
use super::value::Slack;
use crate::grammar::pattern::PatternId;
use crate::grammar::phrase::Phrase;
use crate::grammar::quantity::Quantity;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// What a compiled phrase is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A cue of a frame.
    Cue {
        /// The frame.
        frame: usize,
        /// Fixed words of the cue: the more, the surer.
        weight: u8,
        /// True when the cue itself holds a negation ("not seen until").
        negative: bool,
    },
    /// A cue of a class of a frame.
    Class {
        /// The frame.
        frame: usize,
        /// The class.
        class: usize,
        /// True when the cue itself holds a negation ("without a prescription").
        negative: bool,
    },
    /// A phrase that denies a frame.
    Denied {
        /// The frame.
        frame: usize,
        /// True when the phrase itself holds a negation ("must not be taken").
        negative: bool,
    },
    /// A label or question that asks a frame.
    Head(usize),
    /// A phrase that makes it another question.
    Not(usize),
    /// A value of a contrast.
    Contrast {
        /// The contrast.
        contrast: usize,
        /// The value, in order of name.
        value: usize,
    },
    /// The result of one study.
    Study,
    /// Set against any other statement.
    Apart,
    /// Set against what stands near.
    Against,
}

/// One frame, ready to be used.
#[derive(Clone, Debug)]
pub struct Frame {
    /// Its record.
    pub record: Attribute,
    /// Its name.
    pub name: Arc<str>,
    /// How much two values may differ and still be one.
    pub slack: Slack,
    /// Values that can answer it, in the unit of the kind.
    pub range: Option<(f64, f64)>,
}

/// All frames, ready to be used.
#[derive(Clone, Debug, Default)]
pub struct Frames {
    /// The frames in order of the file.
    pub frames: Vec<Frame>,
    /// The contrasts: name, values, and whether only frames that name it ask for it.
    pub contrasts: Vec<(Arc<str>, Vec<Arc<str>>, bool)>,
    /// Qualifiers that make a query of any conflict where they stand on one side only.
    pub strict: Vec<String>,
    /// Values of qualifiers that hold when nothing is said.
    pub usual: BTreeMap<String, Vec<String>>,
    /// Lists of words, sorted.
    pub words: FactWords,
    /// What words say beside each other.
    pub gists: Gists,
    by_name: HashMap<Arc<str>, usize>,
    /// By number of a phrase.
    roles: Vec<Vec<Role>>,
}

/// Why a frame cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FrameError {
    /// Two frames have one name.
    #[error("the attribute `{0}` is declared twice")]
    Twice(String),
    /// `range` is not a range.
    #[error("the range `{range}` of the attribute `{attribute}` is not a quantity")]
    Range {
        /// The frame.
        attribute: String,
        /// As written.
        range: String,
    },
}

impl Frames {
    /// From a file whose phrases are compiled; `read` finds the quantities of a text.
    ///
    /// # Errors
    /// When a name is used twice or a range cannot be read.
    pub fn new(file: AttributeFile, read: &dyn Fn(&str) -> Vec<Quantity>) -> Result<Self, FrameError> {
        let mut frames = Self { usual: file.usual, ..Self::default() };
        for record in file.attribute {
            frames.add(record, read)?;
        }
        frames.strict = vec!["label".to_owned()];
        for (contrast, record) in file.contrast.into_iter().enumerate() {
            let mut values = Vec::new();
            for (value, (name, cues)) in record.of.into_iter().enumerate() {
                frames.role(&cues, |_| Role::Contrast { contrast, value });
                values.push(name.into());
            }
            if record.strict {
                frames.strict.push(record.name.clone());
            }
            frames.contrasts.push((record.name.into(), values, record.named));
        }
        frames.role(&file.study, |_| Role::Study);
        frames.role(&file.apart, |_| Role::Apart);
        frames.role(&file.against, |_| Role::Against);
        frames.words = file.words.sorted();
        Ok(frames)
    }

    fn add(&mut self, record: Attribute, read: &dyn Fn(&str) -> Vec<Quantity>) -> Result<(), FrameError> {
        let name: Arc<str> = record.name.as_str().into();
        let frame = self.frames.len();
        if self.by_name.insert(Arc::clone(&name), frame).is_some() {
            return Err(FrameError::Twice(record.name));
        }
        let range = match &record.range {
            None => None,
            Some(range) => match read(range).as_slice() {
                [only] => Some((only.low, only.high)),
                [first, .., last] => Some((first.low, last.high)),
                [] => return Err(FrameError::Range { attribute: record.name, range: range.clone() }),
            },
        };
        self.role(&record.cues, |text| Role::Cue { frame, weight: weight(text), negative: is_negative(text) });
        self.role(&record.denied, |text| Role::Denied { frame, negative: is_negative(text) });
        self.role(&record.heads, |_| Role::Head(frame));
        self.role(&record.not, |_| Role::Not(frame));
        for (class, entry) in record.class.iter().enumerate() {
            self.role(&entry.cues, |text| Role::Class { frame, class, negative: is_negative(text) });
        }
        let year = record.value == ValueKind::Year;
        let slack = Slack {
            share: record.share.unwrap_or(if year { 0.0 } else { Slack::default().share }),
            least: record.least,
            // "2 g a day" is no rounded 1.5 g
            steps: !year && !record.total,
        };
        self.frames.push(Frame { record, name, slack, range });
        Ok(())
    }

    fn role(&mut self, cues: &[Phrase], role: impl Fn(&str) -> Role) {
        for cue in cues {
            let place = cue.id.0 as usize;
            self.roles.resize(self.roles.len().max(place + 1), Vec::new());
            self.roles.iter_mut().skip(place).take(1).for_each(|own| own.push(role(&cue.text)));
        }
    }

    /// A frame by its name; `-` and `_` are one.
    pub fn named(&self, name: &str) -> Option<&Frame> {
        let index = match self.by_name.get(name) {
            Some(index) => *index,
            None => *self.by_name.get(name.replace('_', "-").as_str())?,
        };
        self.frames.get(index)
    }

    /// What a phrase is for.
    pub fn roles(&self, pattern: PatternId) -> &[Role] {
        self.roles.get(pattern.0 as usize).map_or(&[], Vec::as_slice)
    }

    /// True when a value of a qualifier holds without being said.
    pub fn is_usual(&self, qualifier: &str, value: &str) -> bool {
        self.usual.get(qualifier).is_some_and(|values| values.iter().any(|usual| usual == value))
    }
}

/// How much a cue says: two for each fixed word, one for each group of alternatives; what may be left out, gaps and
/// placeholders say nothing.
fn weight(cue: &str) -> u8 {
    let mut depth = 0_i32;
    let mut weight = 0_u8;
    let mut inside = false;
    for letter in cue.chars() {
        if letter == '(' && depth == 0 {
            weight = weight.saturating_add(1);
        }
        match letter {
            '{' | '<' | '[' | '(' => depth += 1,
            '}' | '>' | ']' | ')' => depth -= 1,
            _ => {}
        }
        let letters = depth == 0 && (letter.is_alphabetic() || letter == '\'');
        if letters && !inside {
            weight = weight.saturating_add(2);
        }
        inside = letters;
    }
    weight
}

/// Words by which a cue says "not" itself, and the ending of the others.
const NEGATIVE: [&str; 5] = ["not", "no", "never", "without", "cannot"];
const CONTRACTED: &str = "n't";

/// True when a cue says "not" itself.
fn is_negative(cue: &str) -> bool {
    let word = |word: &str| NEGATIVE.contains(&word) || word.ends_with(CONTRACTED);
    // most cues hold no such letters, and are not taken apart
    NEGATIVE.iter().chain(&[CONTRACTED]).any(|part| cue.contains(part))
        && cue.split(|letter: char| !letter.is_alphabetic() && letter != '\'').any(word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::pattern::PatternSet;
    use crate::grammar::quantity::{Units, quantities};
    use crate::lexicon::{Data, Lexicon};

    /// The frames of the project with its lexicon.
    fn shipped() -> (AttributeFile, Lexicon, PatternSet) {
        let rules = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
        let mut data = Data::default();
        let mut files: Vec<_> =
            std::fs::read_dir(rules.join("lexicon")).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.sort();
        for path in files {
            data.merge(toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap());
        }
        let text = std::fs::read_to_string(rules.join("attributes.toml")).unwrap();
        (toml::from_str(&text).unwrap(), Lexicon::new(data).unwrap(), PatternSet::new())
    }

    #[test]
    fn every_phrase_of_the_frames_can_be_compiled() {
        let (mut file, mut lexicon, mut patterns) = shipped();
        let mut faults = Vec::new();
        for phrase in file.phrases() {
            match patterns.add(&phrase.text, &mut lexicon) {
                Ok(id) => phrase.id = id,
                Err(error) => faults.push(format!("{error}: {}", phrase.text)),
            }
        }
        assert_eq!(faults, Vec::<String>::new());
        let unknown: Vec<_> = file
            .attribute
            .iter()
            .flat_map(|attribute| &attribute.about)
            .filter(|class| lexicon.class(class).is_none())
            .collect();
        assert_eq!(unknown, Vec::<&String>::new());
        let units = Units::of(&lexicon);
        let frames = Frames::new(file, &|text| quantities(text, &units)).unwrap();
        let left: Vec<_> = frames.frames.iter().filter_map(|frame| frame.record.complements.as_deref()).collect();
        assert!(left.iter().all(|name| frames.named(name).is_some()), "{left:?}");
        assert_eq!(frames.named("session_length").unwrap().range, Some((60.0, 86_400.0)));
    }

    #[test]
    fn more_fixed_words_weigh_more() {
        assert!(weight("full effect~ ... {duration}") > weight("effect~ ... {duration}"));
        assert!(weight("half life of {duration}") > weight("(last~|take~) {duration}"));
    }

    #[test]
    fn a_cue_may_hold_its_own_negation() {
        assert!(is_negative("effect~ ... not ... until ... {duration}"));
        assert!(is_negative("(isn't|aren't) seen for {duration}"));
        assert!(!is_negative("nothing lasts {duration}"));
    }
}
