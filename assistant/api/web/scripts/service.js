// Requests to the service. Every failure is a Problem: what happened, and what to do about it.

import { isAbort } from "./failure.js";
import { askForToken } from "./sign_in.js";
import { token } from "./session.js";

const WHILE_LOADING_MS = 500;

export class Problem extends Error {
  constructor({ code = "", message, hint = "" }, status = 0) {
    super(message);
    Object.assign(this, { code, hint, status });
  }
}

/** A request's JSON; null where the service answers without a body. */
export async function request(method, path, options = {}) {
  const response = await send(method, path, options);
  return response.status === 204 ? null : response.json();
}

/** The events of a request that streams them, to the last one. Raises a Problem for an error event. */
export async function* stream(path, json, { signal } = {}) {
  const response = await send("POST", path, { json, signal, accept: "text/event-stream" });
  for await (const event of eventsOf(response.body)) {
    if (event.event === "error") throw new Problem(event);
    yield event;
    if (event.event === "done") return;
  }
  throw new Problem({ code: "cut", message: "the connection to the service was lost", hint: "try again" });
}

/** Save what a path holds as a file, under the name that the service gives it. */
export async function download(path) {
  const response = await send("GET", path, { accept: "*/*" });
  const name = response.headers.get("content-disposition")?.match(/filename="([^"]+)"/)?.[1] ?? "export";
  const address = URL.createObjectURL(await response.blob());
  Object.assign(document.createElement("a"), { href: address, download: name }).click();
  URL.revokeObjectURL(address);
}

/** The values of a query string; what is empty is left out. */
export function query(values) {
  const given = Object.entries(values).filter(([, value]) => value !== "" && value !== null && value !== undefined);
  return given.length ? `?${new URLSearchParams(given)}` : "";
}

/** The response, once the service has loaded and has the token that it asks for. */
async function send(method, path, options) {
  for (;;) {
    const response = await attempt(method, path, options);
    if (response.ok) return response;
    const problem = await problemOf(response);
    if (problem.status === 401) await askForToken(problem.message);
    else if (problem.code === "not_ready") await new Promise((resume) => setTimeout(resume, WHILE_LOADING_MS));
    else throw problem;
  }
}

async function attempt(method, path, { json, body, type = "application/json", accept = "application/json", signal }) {
  const headers = { Accept: accept };
  if (token()) headers.Authorization = `Bearer ${token()}`;
  const content = json === undefined ? body : JSON.stringify(json);
  if (content !== undefined) headers["Content-Type"] = type;
  try {
    return await fetch(path, { method, headers, body: content, signal, credentials: "omit", referrerPolicy: "no-referrer" });
  } catch (error) {
    if (isAbort(error)) throw error;
    throw new Problem({ code: "unreachable", message: "the service does not answer", hint: "start it with: dateline serve" });
  }
}

async function problemOf(response) {
  try {
    return new Problem((await response.json()).error, response.status);
  } catch {
    return new Problem({ message: `the service answered with status ${response.status}`, hint: "see its log" }, response.status);
  }
}

/** The values of server-sent events (WHATWG HTML, section 9.2), wherever the bytes were cut. */
async function* eventsOf(body) {
  const text = body.pipeThrough(new TextDecoderStream());
  let pending = "";
  let data = [];
  for await (const chunk of chunksOf(text)) {
    const lines = (pending + chunk).split("\n");
    pending = lines.pop();
    for (const line of lines.map((one) => one.replace(/\r$/, ""))) {
      if (line.startsWith("data:")) data.push(line.slice(5).replace(/^ /, ""));
      else if (!line && data.length) {
        yield JSON.parse(data.join("\n"));
        data = [];
      }
    }
  }
}

async function* chunksOf(stream) {
  const reader = stream.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } finally {
    reader.cancel().catch(() => {});
  }
}
