//! The state of the log, and proofs of single entries. Public matter: no evidence is touched.

use candour_store::{LogStatus, Receipt};

use crate::{
    access::Who,
    action::Action,
    desk::Desk,
    error::ActionError,
    sealed::{Answer, Sealed},
};

impl Desk {
    /// Size, root and checkpoint of the log. The entry of this very look is not yet in it.
    pub fn ledger_status(&self, who: &Who) -> Result<Answer<LogStatus>, ActionError> {
        self.answer(who, Action::LedgerStatus, "", |access| Ok(Sealed::under(access, self.store().log_status()?, Vec::new())))
    }

    /// The same for the public page, which asks nobody who they are.
    pub fn public_log(&self) -> Result<LogStatus, ActionError> {
        Ok(self.store().log_status()?)
    }

    /// A file of the public log by its C2SP path, such as `checkpoint` or `tile/0/000`.
    pub fn public_log_file(&self, path: &str) -> Result<Option<Vec<u8>>, ActionError> {
        Ok(self.store().log_file(path)?)
    }

    /// A proof that an entry is in the log. It opens no field: whose entry it is stays closed.
    pub fn prove(&self, who: &Who, index: u64) -> Result<Answer<Receipt>, ActionError> {
        self.answer(who, Action::LedgerStatus, &format!("prove {index}"), |access| {
            let size = self.store().log_status()?.size;
            if index >= size {
                return Err(ActionError::BadInput(format!("there is no journal entry `{index}`; there are {size}, numbered from 0")));
            }
            let whole = self.store().prove(index)?;
            let is_own = whole.fields.iter().any(|field| field.name == "actor" && field.value == access.actor().id);
            let receipt = if is_own { whole } else { whole.showing(&[]).map_err(candour_store::StoreError::from)? };
            Ok(Sealed::under(access, receipt, vec![format!("entry {index}")]))
        })
    }
}
