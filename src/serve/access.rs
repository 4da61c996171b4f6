//! Who may ask: the page itself and programs that know the token. A page of another site may not, by whatever name it
//! reaches this server.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use sha2::{Digest, Sha256};

use super::problem::Problem;

/// The header in which a client sends the token.
pub(super) const TOKEN: HeaderName = HeaderName::from_static("x-presscheck-token");
/// Set on every answer that sets none of its own: nothing but the page's own files may be loaded, and nobody may frame it.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
                      frame-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

/// Who may ask.
#[derive(Debug)]
pub(super) struct Access {
    /// Where the server listens.
    address: SocketAddr,
    /// Names besides addresses by which it may be called.
    hosts: Vec<String>,
    /// Guards requests that change something; on other machines' networks, all of them.
    token: String,
}

/// Whether a text can name a host in a request: no address of a page, no port, no pattern.
pub(super) fn is_host(told: &str) -> bool {
    let is_of_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_');
    let is_address = || told.trim_matches(['[', ']']).parse::<IpAddr>().is_ok();
    !told.is_empty() && (told.chars().all(is_of_name) || is_address())
}

impl Access {
    pub(super) fn new(address: SocketAddr, hosts: Vec<String>, token: String) -> Self {
        Self {
            address,
            hosts,
            token,
        }
    }

    /// The token that the page carries.
    pub(super) fn token(&self) -> &str {
        &self.token
    }

    /// Whether this machine alone can reach the server. What a proxy hands on comes from elsewhere, and a server that has
    /// another name is behind one.
    pub(super) fn is_local(&self) -> bool {
        self.address.ip().is_loopback() && self.hosts.is_empty()
    }

    /// Whether a `Host` header or the authority of an `Origin` names this server. Another name would be that of a site whose
    /// owner lets it lead here (DNS rebinding).
    fn names_this(&self, authority: &str) -> bool {
        let (host, port) = match authority.rsplit_once(':') {
            Some((host, port)) if !port.contains(']') => (host, port.parse().ok()),
            _ => (authority, Some(80)),
        };
        let bare = host.trim_start_matches('[').trim_end_matches(']');
        let told = self
            .hosts
            .iter()
            .any(|told| told.eq_ignore_ascii_case(host));
        // Behind a proxy of that name, the port is the proxy's.
        if told {
            return true;
        }
        let here = match bare.parse::<IpAddr>() {
            Ok(address) => address.is_loopback() || !self.address.ip().is_loopback(),
            Err(_) => host.eq_ignore_ascii_case("localhost"),
        };
        here && port == Some(self.address.port())
    }

    /// Whether a token is the right one, in a time that does not depend on how much of it is right.
    fn is_token(&self, told: &[u8]) -> bool {
        Sha256::digest(told) == Sha256::digest(self.token.as_bytes())
    }

    /// The token that headers bring: in a header of its own, or as a bearer's.
    fn has_token(&self, headers: &HeaderMap) -> bool {
        let bearer = headers.get(header::AUTHORIZATION).and_then(|value| {
            let (scheme, told) = value.as_bytes().split_at_checked("Bearer ".len())?;
            scheme.eq_ignore_ascii_case(b"Bearer ").then_some(told)
        });
        let own = headers.get(TOKEN).map(HeaderValue::as_bytes);
        bearer.or(own).is_some_and(|told| self.is_token(told))
    }

    /// The cookie by which a browser is known, where the page itself asks for the token. Browsers share cookies between the
    /// ports of a host.
    fn cookie_name(&self) -> String {
        format!("presscheck-page-{}", self.address.port())
    }

    /// What the browser keeps. It opens the page, which carries the token: whoever knows the one has the other. Servers at other
    /// ports of the same name are sent it too, so that none of them may be another's.
    fn cookie(&self) -> String {
        let digest = Sha256::digest(format!("cookie of {}", self.token));
        digest.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    fn has_cookie(&self, headers: &HeaderMap) -> bool {
        // Cookies of other programs on this host may be of any bytes.
        let cookies = headers.get_all(header::COOKIE).iter();
        let mut pairs = cookies.flat_map(|value| value.as_bytes().split(|byte| *byte == b';'));
        let own = format!("{}={}", self.cookie_name(), self.cookie());
        pairs.any(|pair| pair.trim_ascii() == own.as_bytes())
    }

    /// Whether a request comes from elsewhere than this server's page or a program that calls it by its name.
    fn foreign(&self, request: &Request) -> Result<(), Problem> {
        let headers = request.headers();
        let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
        let forbidden = |detail: &str| Err(Problem::new(StatusCode::FORBIDDEN, detail));
        // Of two names, a proxy before this server may have gone by the other.
        let is_one = headers.get_all(header::HOST).iter().count() == 1;
        if !is_one || !text(header::HOST).is_some_and(|host| self.names_this(host)) {
            return Err(Problem::new(
                StatusCode::MISDIRECTED_REQUEST,
                "the Host header does not name this server",
            )
            .help("call it by the address that it printed when it started, or tell the name with --host"));
        }
        if let Some(origin) = headers.get(header::ORIGIN) {
            let authority = origin.to_str().ok().and_then(|origin| {
                let https = origin.strip_prefix("https://");
                origin.strip_prefix("http://").or(https)
            });
            if !authority.is_some_and(|authority| self.names_this(authority)) {
                return forbidden("the request comes from the page of another site");
            }
        }
        // Of browsers, which send it with every request; what no script sent may be followed from anywhere.
        let from_elsewhere = text(HeaderName::from_static("sec-fetch-site"))
            .is_some_and(|site| matches!(site, "cross-site" | "same-site"));
        let by_link = text(HeaderName::from_static("sec-fetch-mode")) == Some("navigate");
        if from_elsewhere && !(by_link && request.method() == Method::GET) {
            return forbidden("the request comes from the page of another site");
        }
        Ok(())
    }

    /// Whether a request may be answered at all.
    fn admits(&self, request: &Request) -> bool {
        let headers = request.headers();
        self.is_local()
            || request.uri().path() == "/healthz"
            || self.has_token(headers)
            || self.has_cookie(headers)
    }
}

fn unauthorised() -> Problem {
    Problem::new(StatusCode::UNAUTHORIZED, "the token is missing or wrong").help(
        "send it as Authorization: Bearer TOKEN, or open the page as /?token=TOKEN once; the server was started with it",
    )
}

/// Lets through what may ask, and sets the headers that keep answers to themselves.
pub(super) async fn guard(
    State(access): State<Arc<Access>>,
    request: Request,
    next: Next,
) -> Response {
    let mut response = match access.foreign(&request) {
        Err(problem) => problem.into_response(),
        Ok(()) if brings_token(&access, &request) => keep_token(&access),
        Ok(()) if access.admits(&request) => next.run(request).await,
        Ok(()) => {
            let scheme = [(header::WWW_AUTHENTICATE, "Bearer")];
            (scheme, unauthorised()).into_response()
        }
    };
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "no-store"),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin",
        ),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ),
    ] {
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    }
    response
}

/// Lets only those through that know the token: for requests that change something.
pub(super) async fn token(
    State(access): State<Arc<Access>>,
    request: Request,
    next: Next,
) -> Response {
    if access.has_token(request.headers()) {
        next.run(request).await
    } else {
        let problem = Problem::new(StatusCode::FORBIDDEN, "the token is missing or wrong");
        problem
            .help(
                "send it as Authorization: Bearer TOKEN; start the server with --token TOKEN to know it",
            )
            .into_response()
    }
}

/// Whether the page is asked for with the token in its address, as a browser first comes to a server with one.
fn brings_token(access: &Access, request: &Request) -> bool {
    let query = request.uri().query().unwrap_or_default();
    let told = query.strip_prefix("token=");
    request.method() == Method::GET
        && request.uri().path() == "/"
        && told.is_some_and(|told| access.is_token(told.as_bytes()))
}

/// Has the browser keep the token, and takes it out of the address.
fn keep_token(access: &Access) -> Response {
    let cookie = format!(
        // Lax: a link on a page of another host is how people come here. Whatever changes something needs the token itself.
        "{}={}; Path=/; HttpOnly; SameSite=Lax",
        access.cookie_name(),
        access.cookie()
    );
    let mut response = Redirect::to("/").into_response();
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::{Access, is_host};

    fn access(address: &str, hosts: &[&str]) -> Access {
        let hosts = hosts.iter().map(|&host| host.to_owned()).collect();
        Access::new(address.parse().unwrap(), hosts, "secret".to_owned())
    }

    #[test]
    fn a_server_on_loopback_answers_to_its_own_names_alone() {
        let local = access("127.0.0.1:8017", &[]);
        for own in [
            "localhost:8017",
            "LOCALHOST:8017",
            "127.0.0.1:8017",
            "[::1]:8017",
        ] {
            assert!(local.names_this(own), "{own}");
        }
        for other in [
            "localhost",
            "localhost:80",
            "evil.example:8017",
            "localhost.evil.example:8017",
            "192.168.1.2:8017",
            "127.0.0.1.evil.example:8017",
            "[::1]:8018",
            "",
            ":8017",
        ] {
            assert!(!local.names_this(other), "{other}");
        }
    }

    #[test]
    fn a_server_for_a_network_answers_to_addresses_and_the_names_told() {
        let open = access("0.0.0.0:8017", &["press.example"]);
        for own in ["192.168.1.2:8017", "press.example", "press.example:443"] {
            assert!(open.names_this(own), "{own}");
        }
        assert!(!open.names_this("evil.example:8017"));
    }

    #[test]
    fn behind_a_proxy_of_another_name_nobody_is_let_in_without_the_token() {
        let proxied = access("127.0.0.1:8017", &["press.example"]);
        assert!(!proxied.is_local());
        assert!(proxied.names_this("press.example"));
        assert!(!proxied.names_this("192.168.1.2:8017"));
    }

    #[test]
    fn names_that_no_request_can_have_are_refused() {
        for name in [
            "press.example",
            "localhost",
            "192.168.1.2",
            "[::1]",
            "press_1",
        ] {
            assert!(is_host(name), "{name}");
        }
        for wrong in [
            "",
            "*",
            "press.example:443",
            "http://press.example",
            "press example",
        ] {
            assert!(!is_host(wrong), "{wrong}");
        }
    }

    #[test]
    fn a_token_is_right_as_a_whole() {
        let open = access("0.0.0.0:1", &[]);
        assert!(open.is_token(b"secret"));
        assert!(!open.is_token(b"secre") && !open.is_token(b"") && !open.is_token(b"secretly"));
    }
}
