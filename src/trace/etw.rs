//! ETW: the provider [`NAME`], as TraceLogging. Events carry their fields, spans are activities.
//!
//! Its GUID is the hash of its name that TraceLogging and EventSource use:
//! `2be0c6c6-8c29-5d58-8333-1a9909964d99`. A session is recorded with
//! `tracelog -start edu -guid #<GUID> -f edu.etl -level 5`, or with `*edu_umdf` in WPR or PerfView.
//!
//! ETW calls into this image when a session begins or ends. So the provider must be unregistered before the image goes:
//! the next session would crash the process. The subscriber stays for good, hence a switch inside it.

use tracing::{Metadata, dispatcher, subscriber::Interest, warn};
use tracing_etw::LayerBuilder;
use tracing_subscriber::layer::{Context, Filter, Layer};
use tracing_subscriber::{Registry, reload};

/// The provider's name.
const NAME: &str = "edu_umdf";

/// Registered while there is one: dropping it unregisters.
type Provider = Option<Box<dyn Layer<Registry> + Send + Sync>>;

/// The subscriber's part for ETW, without a provider yet.
pub(super) fn layer() -> impl Layer<Registry> {
    let (provider, handle) = reload::Layer::new(Provider::None);
    provider.with_filter(Switch(handle))
}

/// Registers the provider, if it is not. A failure is traced, and then there is no ETW; but what EventRegister answers,
/// `tracing-etw` keeps to itself.
pub(super) fn register() {
    match LayerBuilder::new(NAME).build_global_filter() {
        Ok(provider) => exchange(Some(Box::new(provider))),
        Err(error) => warn!("no ETW, the provider {NAME} cannot be registered: {error}"),
    }
}

/// Unregisters it.
pub(super) fn unregister() {
    exchange(None);
}

/// Puts a provider in the place of the one before, if the subscriber is the driver's own.
fn exchange(mut provider: Provider) {
    dispatcher::get_default(|subscriber| {
        if let Some(Switch(handle)) = subscriber.downcast_ref() {
            let _no_subscriber_any_more = handle.modify(|place| std::mem::swap(place, &mut provider));
        }
    });
    // Only now, with nothing locked: EventUnregister waits for the callback of a session that begins, and that
    // asks the subscriber what is wanted.
    drop(provider);
}

/// Lets the events pass that a session has asked for; none while there is no provider.
struct Switch(reload::Handle<Provider, Registry>);

impl Switch {
    fn ask<T>(&self, question: impl FnOnce(&dyn Layer<Registry>) -> T) -> Option<T> {
        self.0.with_current(|provider| provider.as_deref().map(|provider| question(provider))).ok().flatten()
    }
}

impl Filter<Registry> for Switch {
    fn callsite_enabled(&self, metadata: &'static Metadata<'static>) -> Interest {
        self.ask(|provider| provider.register_callsite(metadata)).unwrap_or_else(Interest::never)
    }

    fn enabled(&self, metadata: &Metadata<'_>, context: &Context<'_, Registry>) -> bool {
        self.ask(|provider| provider.enabled(metadata, context.clone())).unwrap_or(false)
    }
}
