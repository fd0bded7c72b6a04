//! `tickmark serve`: build, serve on this machine only, rebuild on change, keep the last good site when a build fails.
//!
//! The pages on disk stay as `build` wrote them. What makes them reload, and the notice of a failed build, are put in on
//! the way out, so that nobody ships them by accident.

use std::{
    collections::BTreeMap,
    fs,
    net::{Ipv4Addr, SocketAddr},
    path::PathBuf,
    sync::{Arc, RwLock},
    time::{Duration, SystemTime},
};

use anyhow::Context;
use axum::{
    Router,
    body::{Body, to_bytes},
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::get,
};
use notify_debouncer_mini::{new_debouncer, notify::RecursiveMode};
use tokio::sync::watch;
use tower_http::services::ServeDir;

use super::{Assessed, BuildOptions, Built, Watch, build};
use crate::text::escape;

/// How to serve.
#[derive(Clone, Debug)]
pub struct ServeOptions {
    /// What is built, and where to.
    pub build: BuildOptions,
    /// The port; 0: one that is free.
    pub port: u16,
    /// Whether to rebuild when a file changes.
    pub watch: bool,
}

/// What happens while serving, for whoever shows it.
pub enum ServeEvent<'a> {
    /// The server answers at this address.
    Listening(SocketAddr),
    /// A build went well.
    Built(&'a Built),
    /// A build failed; the last good site is still served.
    Failed(&'a anyhow::Error),
}

/// What the request handlers share.
struct Shared {
    /// The number of the last build, told to the pages that wait.
    generation: watch::Sender<u64>,
    /// What went wrong in the last build; `None` when it went well.
    failure: RwLock<Option<String>>,
    /// The `Host` headers that are answered: anything else is another site's page talking to this server.
    hosts: Vec<String>,
}

/// Builds and serves until the process ends.
///
/// # Errors
/// When the first build fails with nothing good to serve, the port is taken, or files cannot be watched.
pub fn serve(options: &ServeOptions, progress: &dyn Watch, tell: &(dyn Fn(ServeEvent<'_>) + Sync)) -> anyhow::Result<()> {
    let first = build(&options.build, progress)?;
    tell(ServeEvent::Built(&first));
    let folders = (first.site_folder.clone(), first.trust.as_ref().map(|(folder, _)| folder.clone()));
    let inputs = Inputs::of(&first.assessed);
    drop(first);
    let runtime = tokio::runtime::Runtime::new().context("cannot start the server's threads")?;
    let listener = runtime
        .block_on(tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, options.port)))
        .with_context(|| format!("cannot listen on 127.0.0.1:{}; is another server running there?", options.port))?;
    let address = listener.local_addr().context("cannot tell the server's address")?;
    let shared = Arc::new(Shared {
        generation: watch::Sender::new(0),
        failure: RwLock::new(None),
        hosts: vec![format!("127.0.0.1:{}", address.port()), format!("localhost:{}", address.port())],
    });
    let router = router(&folders, Arc::clone(&shared));
    let server = runtime.spawn(async move { axum::serve(listener, router).await });
    tell(ServeEvent::Listening(address));
    if options.watch {
        rebuild_on_change(options, &inputs, &shared, tell)?;
    }
    runtime.block_on(server).context("the server stopped")?.context("the server failed")
}

fn router((site, trust): &(PathBuf, Option<PathBuf>), shared: Arc<Shared>) -> Router {
    let mut router = Router::new().route("/_tickmark/reload.js", get(reload_script)).route("/_tickmark/generation", get(generation));
    if let Some(trust) = trust {
        router = router.nest_service("/_trust", ServeDir::new(trust));
    }
    router
        .fallback_service(ServeDir::new(site))
        .layer(middleware::from_fn_with_state(Arc::clone(&shared), add_reload))
        .layer(middleware::from_fn_with_state(Arc::clone(&shared), check_host))
        .with_state(shared)
}

/// A page of another site can make a browser ask this server under a name that points here; such names are refused.
async fn check_host(State(shared): State<Arc<Shared>>, request: Request, next: Next) -> Response {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    if shared.hosts.iter().any(|known| known == host) {
        next.run(request).await
    } else {
        (StatusCode::MISDIRECTED_REQUEST, "this server answers only to 127.0.0.1 and localhost\n").into_response()
    }
}

/// Puts the reload script, and the notice of a failed build, into pages on their way out.
async fn add_reload(State(shared): State<Arc<Shared>>, request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    let is_page = response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if !is_page {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, usize::MAX).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let failure = shared.failure.read().map(|failure| failure.clone()).unwrap_or_default();
    let page = with_reload(&String::from_utf8_lossy(&bytes), failure.as_deref());
    parts.headers.insert(header::CONTENT_LENGTH, HeaderValue::from(page.len()));
    parts.headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Response::from_parts(parts, Body::from(page))
}

/// The page with the script in its head, allowed to ask this server, and with the failure at the top of its body.
fn with_reload(page: &str, failure: Option<&str>) -> String {
    let page = page.replacen("default-src 'none'", "default-src 'none'; connect-src 'self'", 1);
    let page = page.replacen("</head>", "<script src=\"/_tickmark/reload.js\" defer></script></head>", 1);
    let Some(failure) = failure else { return page };
    let notice = format!(
        "<aside class=\"build-failed\" role=\"alert\"><strong>the last build failed; these pages show the last good one</strong><pre>{}</pre></aside>",
        escape(failure)
    );
    match page.find("<body").and_then(|body| page[body..].find('>').map(|end| body + end + 1)) {
        Some(at) => format!("{}{notice}{}", &page[..at], &page[at..]),
        None => format!("{notice}{page}"),
    }
}

async fn reload_script() -> impl IntoResponse {
    const SCRIPT: &str = "\"use strict\";\n(async () => {\n  let seen = null;\n  for (;;) {\n    try {\n      const answer = await fetch(\"/_tickmark/generation?after=\" + (seen ?? \"\"));\n      const now = await answer.text();\n      if (seen !== null && now !== seen) { location.reload(); return; }\n      seen = now;\n    } catch {\n      await new Promise((wait) => setTimeout(wait, 1000));\n    }\n  }\n})();\n";
    ([(header::CONTENT_TYPE, "text/javascript"), (header::CACHE_CONTROL, "no-store")], SCRIPT)
}

/// Answers with the build's number: at once when the page does not know it yet, else when it changes or after a while.
async fn generation(State(shared): State<Arc<Shared>>, request: Request) -> impl IntoResponse {
    let mut receiver = shared.generation.subscribe();
    let now = *receiver.borrow();
    let known = request.uri().query().and_then(|query| query.strip_prefix("after=")).and_then(|text| text.parse::<u64>().ok());
    if known == Some(now) {
        // A closed channel and a long silence mean the same here: answer with what is known.
        if let Ok(Err(_)) | Err(_) = tokio::time::timeout(Duration::from_secs(25), receiver.changed()).await {
            return ([(header::CACHE_CONTROL, "no-store")], now.to_string());
        }
    }
    let now = *receiver.borrow();
    ([(header::CACHE_CONTROL, "no-store")], now.to_string())
}

/// Rebuilds show no progress: nobody looks at the terminal then.
struct Quiet;

impl Watch for Quiet {
    fn progress(&self, _: &'static str, _: u64, _: u64) {}
}

fn rebuild_on_change(
    options: &ServeOptions,
    inputs: &Inputs,
    shared: &Shared,
    tell: &(dyn Fn(ServeEvent<'_>) + Sync),
) -> anyhow::Result<()> {
    let (sender, receiver) = std::sync::mpsc::channel();
    let mut debouncer = new_debouncer(Duration::from_millis(200), sender).context("cannot watch files")?;
    debouncer.watcher().watch(&inputs.root, RecursiveMode::Recursive).with_context(|| format!("cannot watch {}", inputs.root.display()))?;
    // Reading a file is an event too, and so is writing the output: what counts is whether an input has changed.
    let mut seen = inputs.state();
    while let Ok(events) = receiver.recv() {
        events.context("cannot watch files any longer")?;
        let now = inputs.state();
        if now == seen {
            continue;
        }
        seen = now;
        let failure = match build(&options.build, &Quiet) {
            Ok(built) => {
                tell(ServeEvent::Built(&built));
                None
            }
            Err(error) => {
                tell(ServeEvent::Failed(&error));
                Some(format!("{error:#}"))
            }
        };
        if let Ok(mut held) = shared.failure.write() {
            *held = failure;
        }
        shared.generation.send_modify(|number| *number += 1);
    }
    Ok(())
}

/// The files that can alter a page.
struct Inputs {
    root: PathBuf,
    /// Files and folders, from the root.
    paths: Vec<PathBuf>,
}

impl Inputs {
    /// The programme's own files, those it adopts, its theme, and the files in which Git keeps its branches.
    fn of(assessed: &Assessed) -> Self {
        let fixed = [
            "tickmark.yaml",
            "controls",
            "content",
            "frameworks",
            "themes",
            ".mailmap",
            ".git/HEAD",
            ".git/refs/heads",
            ".git/packed-refs",
        ];
        let adopted = assessed
            .programme
            .documents
            .values()
            .filter(|document| document.adopted)
            .map(|document| PathBuf::from(document.text.path.as_str()));
        Self { root: assessed.root.clone(), paths: fixed.iter().map(PathBuf::from).chain(adopted).collect() }
    }

    /// Every input file with its size and time of change. A file that cannot be looked at counts as one that is not there.
    fn state(&self) -> BTreeMap<PathBuf, (u64, Option<SystemTime>)> {
        let mut state = BTreeMap::new();
        let mut left: Vec<PathBuf> = self.paths.iter().map(|path| self.root.join(path)).collect();
        while let Some(path) = left.pop() {
            let Ok(meta) = fs::symlink_metadata(&path) else { continue };
            if meta.is_dir() {
                if let Ok(entries) = fs::read_dir(&path) {
                    left.extend(entries.flatten().map(|entry| entry.path()));
                }
            } else {
                state.insert(path, (meta.len(), meta.modified().ok()));
            }
        }
        state
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_is_shown_as_text_at_the_top_of_the_page() {
        let page = "<html><head><meta content=\"default-src 'none'\"></head><body class=\"x\"><p>good</p></body></html>";
        let served = with_reload(page, Some("bad <script>"));
        assert!(served.contains("<body class=\"x\"><aside"), "{served}");
        assert!(served.contains("bad &lt;script&gt;"), "{served}");
        assert!(served.contains("connect-src 'self'"), "{served}");
    }

    #[test]
    fn only_a_change_of_an_input_is_a_change() {
        let folder = tempfile::tempdir().unwrap();
        let inputs = Inputs { root: folder.path().to_path_buf(), paths: vec![PathBuf::from("content"), PathBuf::from("absent.md")] };
        fs::create_dir_all(folder.path().join("content/policies")).unwrap();
        fs::create_dir_all(folder.path().join("build")).unwrap();
        let before = inputs.state();
        fs::write(folder.path().join("build/index.html"), "page").unwrap();
        assert_eq!(inputs.state(), before);
        fs::write(folder.path().join("content/policies/a.md"), "text").unwrap();
        assert_ne!(inputs.state(), before);
    }
}
