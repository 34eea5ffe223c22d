// The service's token, kept for as long as this tab is open.

const KEY = "token";

export function token() {
  return sessionStorage.getItem(KEY) ?? "";
}

export function keepToken(given) {
  sessionStorage.setItem(KEY, given);
}

/** `dateline web` opens the page as `/#token=…`: what follows # is sent to no server. It is taken out of the address. */
export function takeTokenFromAddress() {
  const given = new URLSearchParams(location.hash.slice(1)).get("token");
  if (given === null) return;
  keepToken(given);
  history.replaceState(null, "", "#/");
}
