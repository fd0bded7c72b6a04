//! SSH signatures of scripted people. A key is made from the person's id, so that two replays give the same commits;
//! it protects nothing and must never be used for anything else.

use anyhow::Context;
use sha2::{Digest, Sha256};
use ssh_key::{
    HashAlg, LineEnding, PrivateKey,
    private::{Ed25519Keypair, KeypairData},
};

/// The key pair of a scripted person.
pub struct Signer(PrivateKey);

impl Signer {
    /// The key that belongs to a person's id.
    ///
    /// # Errors
    /// When the library refuses the key, which it does not.
    pub fn of(person: &str) -> anyhow::Result<Self> {
        let seed: [u8; 32] = Sha256::digest(format!("tickmark history script: {person}")).into();
        let pair = KeypairData::from(Ed25519Keypair::from_seed(&seed));
        Ok(Self(PrivateKey::new(pair, "").context("cannot make a key")?))
    }

    /// The public key as one line (`ssh-ed25519 AAAA...`).
    ///
    /// # Errors
    /// When the key cannot be written as text.
    pub fn public_line(&self) -> anyhow::Result<String> {
        self.0.public_key().to_openssh().context("cannot write a public key")
    }

    /// Git's signature over a commit's bytes, armoured.
    ///
    /// # Errors
    /// When the bytes cannot be signed.
    pub fn sign(&self, commit: &[u8]) -> anyhow::Result<String> {
        let signature = self.0.sign("git", HashAlg::Sha512, commit).context("cannot sign a commit")?;
        Ok(signature.to_pem(LineEnding::LF).context("cannot write a signature")?.trim_end().to_owned())
    }
}
