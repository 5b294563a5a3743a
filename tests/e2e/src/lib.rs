//! The mock Mistral, the proxy harness and the browser journeys.
