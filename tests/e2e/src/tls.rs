//! A certificate for the test hosts, and the authority that signed it. Browsers are told to accept any; other clients are told
//! of the authority, and nobody else sees either.

use std::sync::Arc;

use anyhow::{Context, Result};
use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, ExtendedKeyUsagePurpose, IsCa, KeyPair,
    KeyUsagePurpose,
};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio_rustls::rustls::{ServerConfig, version::TLS13};

/// The server side of TLS 1.3 for `hosts`, with a fresh key, and the authority's certificate as PEM.
///
/// # Errors
///
/// When a key cannot be made, which means the machine has no randomness.
pub fn acceptor(hosts: &[&str]) -> Result<(TlsAcceptor, String)> {
    let authority = authority().context("making the test authority")?;
    let names: Vec<String> = hosts.iter().map(ToString::to_string).collect();
    let mut params = CertificateParams::new(names).context("the names of the test hosts")?;
    params.distinguished_name.push(DnType::CommonName, "test hosts");
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    // Python 3.13 insists on it.
    params.use_authority_key_identifier_extension = true;
    let signing_key = KeyPair::generate().context("a key for the test hosts")?;
    let cert = params.signed_by(&signing_key, &authority).context("making the test certificate")?;
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(signing_key.serialize_der()));
    let config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
        .with_protocol_versions(&[&TLS13])?
        .with_no_client_auth()
        .with_single_cert(vec![cert.der().clone()], key)?;
    Ok((TlsAcceptor::from(Arc::new(config)), authority.pem()))
}

fn authority() -> Result<CertifiedIssuer<'static, KeyPair>, rcgen::Error> {
    let mut params = CertificateParams::default();
    params.distinguished_name.push(DnType::CommonName, "test authority");
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::DigitalSignature];
    CertifiedIssuer::self_signed(params, KeyPair::generate()?)
}
