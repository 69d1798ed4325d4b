//! Ctrl-C: the first asks, the second forces.

/// Calls `first` at the first Ctrl-C; the second ends the program at once.
pub fn watch(first: impl FnOnce() + Send + 'static) {
    std::thread::spawn(move || {
        let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_io().build() else {
            return;
        };
        runtime.block_on(async move {
            use tokio::signal::unix::{SignalKind, signal};
            let Ok(mut interrupt) = signal(SignalKind::interrupt()) else {
                return;
            };
            interrupt.recv().await;
            first();
            interrupt.recv().await;
            std::process::exit(130);
        });
    });
}
