// What the page asks of the server.

const meta = (name) => document.querySelector(`meta[name="presscheck-${name}"]`).content;
const token = meta("token");
export const uploadBytes = Number(meta("upload-bytes"));

/** An error with what to do about it, as problem details say it. */
export class Problem extends Error {
  constructor(details) {
    super(details.detail ?? details.title ?? "the server gave no reason");
    this.help = details.help;
    this.status = details.status;
  }
}

/** The token of this page is not that of the server. */
const restarted = new Problem({ detail: "presscheck was started again since this page was opened", help: "Reload the page, then drop the files again" });

async function problem(response) {
  if (response.status === 403) return restarted;
  const isProblem = response.headers.get("content-type")?.includes("problem+json");
  return new Problem(isProblem ? await response.json() : { title: `the server answered ${response.status}` });
}

async function ask(path, options = {}) {
  let response;
  try {
    response = await fetch(path, options);
  } catch {
    throw new Problem({ detail: "presscheck does not answer", help: "Was it stopped? Start it again with: presscheck serve --open" });
  }
  if (!response.ok) throw await problem(response);
  return response;
}

/** Sends files and a job; `sent` is told the part of the bytes that is sent. Gives { id, events, report }. */
export function begin(form, sent, signal) {
  return new Promise((resolve, reject) => {
    // fetch tells nothing of how much was sent.
    const request = new XMLHttpRequest();
    request.open("POST", "/api/v1/checks");
    request.setRequestHeader("X-Presscheck-Token", token);
    request.upload.onprogress = (event) => event.lengthComputable && sent(event.loaded / event.total);
    request.onerror = () => reject(new Problem({
      detail: "the upload broke off",
      help: "Was presscheck stopped, or is a file larger than it takes? Start it again with: presscheck serve --open",
    }));
    request.onabort = () => reject(new Problem({ detail: "stopped" }));
    request.onload = () => {
      let answer = {};
      try {
        answer = JSON.parse(request.responseText);
      } catch {
        // Told below by the status.
      }
      if (request.status === 202) resolve(answer);
      else if (request.status === 403) reject(restarted);
      else reject(new Problem({ title: `the server answered ${request.status}`, ...answer }));
    };
    signal.addEventListener("abort", () => request.abort());
    request.send(form);
  });
}

/** Follows a check to its end. Gives the data of `done`. */
export function follow(begun, progress, signal) {
  return new Promise((resolve, reject) => {
    const events = new EventSource(begun.events);
    // What was checked is kept: a choice that is made later begins with its files.
    const stop = () => {
      forget(begun.id);
      end(reject, new Problem({ detail: "stopped" }));
    };
    const end = (settle, value) => {
      signal.removeEventListener("abort", stop);
      events.close();
      settle(value);
    };
    events.addEventListener("progress", (event) => progress(JSON.parse(event.data)));
    events.addEventListener("done", (event) => end(resolve, JSON.parse(event.data)));
    events.addEventListener("failed", (event) => end(reject, new Problem(JSON.parse(event.data))));
    events.onerror = () => {
      // It comes back by itself, unless the server refused it.
      if (events.readyState === EventSource.CLOSED) {
        end(reject, new Problem({ detail: "presscheck does not answer", help: "Start it again with: presscheck serve --open" }));
      }
    };
    signal.addEventListener("abort", stop);
  });
}

export const forget = (id) =>
  ask(`/api/v1/checks/${id}`, { method: "DELETE", headers: { "X-Presscheck-Token": token } }).catch(() => undefined);

/** Waits until the report is drawn, or says why it cannot be. */
export const drawn = (address, signal) => ask(address, { method: "HEAD", signal }).catch(async (problem) => {
  // The answer to HEAD has no body that would say why.
  if (problem.status) await ask(address, { signal });
  throw problem;
});

export const report = async (address) => (await ask(address, { headers: { Accept: "application/json" } })).json();
export const changes = async (id, since) => (await ask(`/api/v1/checks/${id}/changes?since=${since}`)).json();
export const spines = async (query) => (await ask(`/api/v1/spine?${new URLSearchParams(query)}`)).json();

/** The cover of a job: JSON, or a template as a blob. */
export async function cover(job, type) {
  const response = await ask("/api/v1/cover", {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: type },
    body: JSON.stringify(job),
  });
  return type === "application/json" ? response.json() : response.blob();
}
