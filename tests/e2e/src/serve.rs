//! HTTP/1.1 on one connection.

use std::convert::Infallible;
use std::io;

use axum::body::Body;
use axum::http::{Request, Response};
use axum::response::IntoResponse;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tower_service::Service;

use crate::stamp::Wire;

/// The host a connection was opened for, put into each request on it: what a client writes into `Host` is its own
/// affair.
#[derive(Clone, Debug)]
pub(crate) struct Host(pub(crate) String);

/// Marks an answer that is never to be sent: the connection is closed instead.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sever;

impl IntoResponse for Sever {
    fn into_response(self) -> Response<Body> {
        let mut response = Response::new(Body::empty());
        response.extensions_mut().insert(self);
        response
    }
}

/// Answers the requests on `stream` until either side hangs up. `wire` is what is under it; each request has it with it.
pub(crate) async fn connection<S>(stream: S, router: axum::Router, host: String, wire: Wire)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let service = service_fn(move |mut request: Request<Incoming>| {
        let mut router = router.clone();
        request.extensions_mut().insert(Host(host.clone()));
        request.extensions_mut().insert(wire.clone());
        async move {
            let response: Result<_, Infallible> = router.call(request).await;
            let response = response.unwrap_or_else(|never| match never {});
            if response.extensions().get::<Sever>().is_some() {
                return Err(io::Error::from(io::ErrorKind::ConnectionAborted));
            }
            Ok(response)
        }
    });
    // A client that hangs up is daily business here; the ledger has the details.
    let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
}
