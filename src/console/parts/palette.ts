/** The colours of the current theme, for charts. */
export interface Palette {
  text: string;
  soft: string;
  line: string;
  panel: string;
  series: string[];
}

/** Reads the colours off the page, so that charts follow light and dark. */
export function readPalette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    text: colour("text"),
    soft: colour("soft"),
    line: colour("line"),
    panel: colour("panel"),
    series: [1, 2, 3, 4, 5, 6, 7].map((number) => colour(`c${number}`)),
  };
}
