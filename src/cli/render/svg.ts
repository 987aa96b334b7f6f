/** The colours of a drawing, for a light and a dark background. */
const STYLE = `
    svg { color-scheme: light dark; background: var(--paper); font: 13px system-ui, sans-serif; --paper: #ffffff; --ink: #1f2328; --soft: #59636e;
      --line: #d1d9e0; --box: #f6f8fa; --good: #1a7f37; --busy: #bf8700; --bad: #cf222e; --idle: #afb8c1; --critical: #8250df; }
    @media (prefers-color-scheme: dark) { svg { --paper: #0d1117; --ink: #e6edf3; --soft: #9198a1; --line: #3d444d; --box: #161b22; --good: #3fb950;
      --busy: #d29922; --bad: #f85149; --idle: #656c76; --critical: #ab7df8; } }
    text { fill: var(--ink); } .soft { fill: var(--soft); } .bold { font-weight: 600; } .small { font-size: 11px; }`;

/** A whole SVG file; it brings its colours and follows the viewer's preference for light or dark. */
export function svgDocument(width: number, height: number, title: string, body: readonly string[], style = ""): string {
  const size = `width="${Math.ceil(width)}" height="${Math.ceil(height)}" viewBox="0 0 ${Math.ceil(width)} ${Math.ceil(height)}"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img">`,
    `  <title>${escaped(title)}</title>`,
    `  <style>${STYLE}${style}</style>`,
    `  <rect width="100%" height="100%" fill="var(--paper)"/>`,
    ...body.map((line) => `  ${line}`),
    "</svg>",
    "",
  ].join("\n");
}

/** Text that may stand in a drawing. */
export function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

/** About how many pixels a text is wide. */
export function textWidth(text: string, size = 13): number {
  return text.length * size * 0.6;
}

/** Places for ticks from 0 to `end`, at round numbers. */
export function ticks(end: number, most: number): readonly number[] {
  const rough = Math.max(end, 1e-3) / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power;
  return Array.from({ length: Math.floor(end / step + 1e-9) + 1 }, (_, index) => index * step);
}
