//! Rate limits: the calls a minute that are left, by model.

/// The calls of the running minute of the virtual clock.
#[derive(Clone, Debug, Default)]
pub(super) struct Limits {
    /// The limit of every model, in place of the plan's.
    everywhere: Option<u16>,
    /// Minutes since the Unix epoch.
    minute: u64,
    /// The canonical name of the model, for each call.
    calls: Vec<&'static str>,
}

impl Limits {
    /// `per_minute` calls to every model.
    pub(super) fn of(per_minute: u16) -> Self {
        Self { everywhere: Some(per_minute), ..Self::default() }
    }

    /// Counts a call to `model` at `now`, in seconds since the Unix epoch, of which the plan allows `per_minute`:
    /// the limit that holds, and how many calls are left of it, or `None` when this one is already too many.
    pub(super) fn count(&mut self, model: &'static str, per_minute: u16, now: u64) -> (u16, Option<u16>) {
        if self.minute != now / 60 {
            self.minute = now / 60;
            self.calls.clear();
        }
        self.calls.push(model);
        let limit = self.everywhere.unwrap_or(per_minute);
        let made = self.calls.iter().filter(|called| **called == model).count();
        (limit, u16::try_from(made).ok().and_then(|made| limit.checked_sub(made)))
    }
}
