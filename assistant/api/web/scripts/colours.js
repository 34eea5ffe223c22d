// The button that changes between the colours of the system, light and dark.

const LABELS = { system: "Colours: as the system", light: "Colours: light", dark: "Colours: dark" };
const NEXT = { system: "light", light: "dark", dark: "system" };

export function themeButton(button) {
  const chosen = () => document.documentElement.dataset.theme ?? "system";
  const label = () => (button.textContent = LABELS[chosen()]);
  button.addEventListener("click", () => {
    choose(NEXT[chosen()]);
    label();
  });
  label();
}

function choose(theme) {
  if (theme === "system") {
    delete document.documentElement.dataset.theme;
    localStorage.removeItem("theme");
  } else {
    document.documentElement.dataset.theme = theme;
    localStorage.setItem("theme", theme);
  }
}
