/** Dark, light, or as the system has it. */
const key = "bbsbot theme";
const themes = ["system", "dark", "light"] as const;
type Theme = (typeof themes)[number];

const chosen = (): Theme => themes.find((theme) => theme === localStorage.getItem(key)) ?? "system";

const light = matchMedia("(prefers-color-scheme: light)");

/** Puts the chosen theme on the page: "dark" or "light", as all that draws looks for it, and follows the system from now on. */
export function startTheme(): void {
  applyTheme();
  light.addEventListener("change", applyTheme);
}

function applyTheme(): void {
  const theme = chosen();
  document.documentElement.dataset["theme"] = theme === "system" ? (light.matches ? "light" : "dark") : theme;
}

export function nextTheme(): void {
  localStorage.setItem(key, themes[(themes.indexOf(chosen()) + 1) % themes.length]!);
  applyTheme();
}

/** A colour of the style sheet as it is now, for what draws by itself. */
export const colourOf = (name: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
