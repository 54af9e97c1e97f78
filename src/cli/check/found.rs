//! Drafts with their libraries in; their findings without those that are known or stand elsewhere, told, out.

use std::path::Path;

use anyhow::Result;
use rayon::prelude::*;

use super::Check;
use super::changed::{Changed, Since};
use super::known::{self, Baselines};
use crate::cli::output::{mention_in_short, say};
use crate::cli::places::Places;
use crate::cli::progress::Progress;
use crate::cli::tables::Table;
use crate::cli::{Common, config};
use adref::check::{self, Known, Policy};
use adref::model::{Draft, Finding, Rule, Severity};
use adref::pipeline::{CheckedDraft, Checker};
use adref::report::{self, CheckOptions, Findings};

/// All that came of the drafts.
#[derive(Default)]
pub(super) struct Found {
    /// With their places on the command line.
    drafts: Vec<(usize, Draft, Vec<Finding>)>,
    waived: usize,
    known: usize,
    mended: usize,
    elsewhere: usize,
    /// What is to be written, where the user wants it.
    baselines: Baselines,
}

/// What came of one draft.
struct One {
    order: usize,
    draft: Draft,
    findings: Vec<Finding>,
    waived: usize,
    /// What of it changed, where the user asks for nothing else.
    changed: Option<Changed>,
}

impl One {
    fn of(order: usize, changed: Option<Changed>, of: CheckedDraft) -> Self {
        let CheckedDraft { annotation, checked } = of;
        let draft = annotation.draft;
        let mut findings = check::reading(&draft);
        findings.extend(checked.findings);
        Self { order, draft, findings, waived: checked.waived, changed }
    }
}

/// So many drafts are held against the library at once: it is looked through once for each portion, and after it a
/// terminal is told how far the work has come.
const PORTION: usize = 64;

impl Found {
    /// True where no draft could be checked.
    pub(super) fn is_empty(&self) -> bool {
        self.drafts.is_empty() && self.baselines.is_empty()
    }

    /// Checks the drafts of one library.
    pub(super) fn take(
        &mut self,
        table: Table,
        earlier: Option<&Draft>,
        since: Option<&Since>,
        command: &Check,
        common: &Common,
    ) -> Result<()> {
        let library = table.library(common)?;
        mention_in_short(&library.findings);
        let Table { places: Places { config, .. }, drafts } = table;
        let policy = Policy { only: command.rule.clone(), ..config.policy.clone() };
        let checker = Checker::new(&library, config.thresholds, &policy);
        let mut progress = Progress::of(drafts.len());
        let mut all: Vec<One> = Vec::with_capacity(drafts.len());
        let mut drafts = drafts.into_iter().peekable();
        while drafts.peek().is_some() {
            let (orders, texts): (Vec<usize>, Vec<Draft>) = drafts.by_ref().take(PORTION).unzip();
            let changed = texts
                .par_iter()
                .map(|draft| since.map(|since| since.changed(draft, common.reading())).transpose());
            let changed = changed.collect::<Result<Vec<_>>>()?;
            let checked = checker.check_all(texts, earlier);
            for ((order, changed), checked) in orders.into_iter().zip(changed).zip(checked) {
                progress.done(&checked.annotation.draft.path);
                all.push(One::of(order, changed, checked));
            }
        }
        let headings = all.iter().flat_map(|one| &one.draft.headings);
        let headings: Vec<&str> = headings.map(|heading| heading.text.as_str()).collect();
        for fault in policy.idle_sections(&headings) {
            say(&format!("note: {}: {fault}\n", config::NAME));
        }
        if command.paths.is_empty() {
            let names: Vec<&str> = all.iter().map(|one| one.draft.path.as_str()).collect();
            for fault in policy.idle_paths(&names) {
                say(&format!("note: {}: {fault}\n", config::NAME));
            }
        }
        let place = known::place(command.baseline.as_deref(), &config);
        if command.write_baseline {
            let all = all.iter().map(|one| (&one.draft, &one.findings));
            return self.baselines.take(&place, all, command.paths.is_empty());
        }
        let baseline = known::baseline(&place)?.map(|known| known.released(|file| place.has(file)));
        for mut one in all {
            if let Some(baseline) = &baseline {
                let name = place.name(&one.draft.path);
                let ran = |rule: &str| policy.runs(rule, &one.draft.path);
                let Known { known, mended } = baseline.apply(&mut one.findings, &name, &ran);
                self.known += known;
                self.mended += mended;
            }
            let all = one.findings.len();
            one.findings.retain(|f| one.changed.as_ref().is_none_or(|changed| changed.concerns(f)));
            self.elsewhere += all - one.findings.len();
            self.waived += one.waived;
            self.drafts.push((one.order, one.draft, one.findings));
        }
        Ok(())
    }

    /// Writes what was found where the user wants it, and says how much the worst of it matters.
    pub(super) fn tell(
        mut self,
        rules: &[Rule],
        least: Severity,
        options: &CheckOptions,
        common: &Common,
    ) -> Result<Option<Severity>> {
        self.drafts.sort_by_key(|(order, ..)| *order);
        let drafts: Vec<&Draft> = self.drafts.iter().map(|(_, draft, _)| draft).collect();
        let all = self.drafts.iter().flat_map(|(_, _, findings)| findings);
        let worst = all.clone().map(|finding| finding.severity).max();
        let found = all.clone().count();
        let findings: Vec<Finding> = all.filter(|f| f.severity >= least).cloned().collect();
        let told = Findings {
            drafts: &drafts,
            findings: &findings,
            rules,
            waived: self.waived,
            known: self.known,
            mended: self.mended,
            elsewhere: self.elsewhere,
            hidden: found - findings.len(),
        };
        common.spares(drafts.iter().map(|draft| Path::new(&draft.path)))?;
        common.write(report::findings(told, options))?;
        Ok(worst)
    }

    /// Writes all that was found to the baselines.
    pub(super) fn write_baselines(&self) -> Result<()> {
        self.baselines.write()
    }
}
