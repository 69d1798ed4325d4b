//! The hub as the web server's door to open streams.

use super::{Ask, Hub, Place};
use crate::error::Result;
use crate::web::caller::Identify;
use crate::web::live::{Admission, LiveDoor, LiveRequest};
use crate::web::{Later, limits::Seat};
use bytes::Bytes;
use futures_core::Stream;
use std::net::TcpStream;
use std::pin::Pin;
use std::sync::Arc;

/// Lets readers in. Streams are open to everybody; who is signed in can be cut.
pub struct ReaderDoor {
    hub: Arc<Hub>,
    identify: Arc<dyn Identify>,
}

impl ReaderDoor {
    pub fn new(hub: Arc<Hub>, identify: Arc<dyn Identify>) -> Self {
        Self { hub, identify }
    }

    async fn admit(&self, request: LiveRequest) -> Result<Box<dyn Admission>> {
        let query = request.target.split_once('?').map_or("", |(_, query)| query);
        let mut ask = Ask::read(query, request.last_event_id.as_deref())?;
        ask.person = self
            .identify
            .identify(&request.headers)
            .await?
            .map(|caller| caller.person);
        let place = self.hub.admit(ask).await?;
        Ok(Box::new(Admitted {
            hub: self.hub.clone(),
            place,
        }))
    }
}

impl LiveDoor for ReaderDoor {
    fn admit(&self, request: LiveRequest) -> Later<'_, Result<Box<dyn Admission>>> {
        Box::pin(self.admit(request))
    }

    fn drain(&self) {
        self.hub.close();
    }
}

struct Admitted {
    hub: Arc<Hub>,
    place: Place,
}

impl Admission for Admitted {
    fn take(self: Box<Self>, socket: TcpStream, seat: Seat) {
        self.hub.take(self.place, socket, Box::new(seat));
    }

    fn into_body(self: Box<Self>) -> Pin<Box<dyn Stream<Item = Bytes> + Send>> {
        Box::pin(self.hub.body(self.place))
    }
}
