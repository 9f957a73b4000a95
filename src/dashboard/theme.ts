/** Dark, light, or as the system has it. */
const key = "bbsbot theme";
const themes = ["system", "dark", "light"] as const;
type Theme = (typeof themes)[number];

const chosen = (): Theme => themes.find((theme) => theme === localStorage.getItem(key)) ?? "system";

/** Puts the chosen theme on the page. */
export function applyTheme(): void {
  document.documentElement.dataset["theme"] = chosen();
}

export function nextTheme(): void {
  localStorage.setItem(key, themes[(themes.indexOf(chosen()) + 1) % themes.length]!);
  applyTheme();
}

/** A colour of the style sheet as it is now, for what draws by itself. */
export const colourOf = (name: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
