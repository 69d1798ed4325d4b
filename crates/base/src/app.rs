//! What is handed to every feature: the few things that exist once in a running program.

use crate::hub::Hub;
use crate::pages::PageStore;
use crate::{Clock, Config, Db};
use std::sync::Arc;

/// The running program, as features see it. Cloning shares it.
#[derive(Clone)]
pub struct App {
    pub db: Db,
    pub clock: Clock,
    pub config: Arc<Config>,
    pub hub: Arc<Hub>,
    pub pages: Arc<PageStore>,
}
