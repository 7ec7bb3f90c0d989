// `npm run picture`: draws docs/*.png, job summaries of the built action on a page that looks like GitHub's. Requires
// Chromium, as `chromium` or at the path in CHROMIUM.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { jobKey, peoplePlan, sweepPlan } from './summaries.ts';

const docs = join(import.meta.dirname, '../docs');
const style = `
  body { margin: 0; padding: 1px; background: #fff; color: #1f2328; font: 14px/1.5 Inter, 'Segoe UI', 'Noto Sans', Helvetica, Arial, sans-serif; }
  main { border: 1px solid #d1d9e0; border-radius: 6px; }
  header { padding: 12px 16px; border-bottom: 1px solid #d1d9e0; font-weight: 600; }
  section { padding: 16px; }
  section + section { border-top: 1px solid #d1d9e0; }
  h3, h4 { margin: 0 0 14px; font-weight: 600; line-height: 1.25; }
  h3 { font-size: 17.5px; }
  h4 { margin-top: 20px; font-size: 14px; }
  p, ul { margin: 0 0 14px; }
  table { border-collapse: collapse; max-width: 100%; margin: 0 0 14px; }
  pre { margin: 0 0 14px; padding: 12px 16px; border-radius: 6px; background: #f6f8fa; }
  pre code { padding: 0; background: none; }
  th, td { border: 1px solid #d1d9e0; padding: 6px 13px; text-align: left; }
  th { font-weight: 600; }
  tr:nth-child(even) td { background: #f6f8fa; }
  code { padding: 2.5px 5px; border-radius: 6px; background: #818b981f; font: 12px 'Liberation Mono', Menlo, Consolas, monospace; }
  a { color: #0969da; }
  section > :last-child { margin-bottom: 0; }
`;

/** @param summaries Markdown, one text for each step, shown one below the other as on GitHub */
function page(title: string, summaries: string[]): string {
  // Summaries contain <code> elements where a Markdown code span cannot be used.
  const options = { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] };
  const sections = summaries.map((summary) => `<section>${micromark(summary, options)}</section>`);
  return `<!doctype html><meta charset="utf-8"><style>${style}</style>
<main><header>${title}</header>${sections.join('')}</main>`;
}

const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--hide-scrollbars',
  '--force-device-scale-factor=2',
];

function chromium(folder: string, ...args: string[]): string {
  const profile = join(folder, 'profile');
  return execFileSync(process.env['CHROMIUM'] ?? 'chromium', [...flags, `--user-data-dir=${profile}`, ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

/** The height of the page. Both sizes are in CSS pixels. */
function heightOf(html: string, width: number, folder: string): number {
  const measuring = join(folder, 'measuring.html');
  const script = '<script>document.title = document.documentElement.getBoundingClientRect().height</script>';
  writeFileSync(measuring, html + script);
  const dom = chromium(folder, `--window-size=${width},400`, '--dump-dom', pathToFileURL(measuring).href);
  return Math.ceil(Number(/<title>([\d.]+)</.exec(dom)?.[1]));
}

/** @param width of the page, in CSS pixels */
function draw(name: string, width: number, html: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'neon-org-action-picture-'));
  try {
    const file = join(folder, 'page.html');
    writeFileSync(file, html);
    const picture = join(docs, name);
    const size = `--window-size=${width},${heightOf(html, width, folder)}`;
    chromium(folder, size, `--screenshot=${picture}`, pathToFileURL(file).href);
    console.log(picture);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

draw('summary.png', 760, page('integration-tests summary', await jobKey()));
draw('sweep.png', 960, page('sweep summary', await sweepPlan()));
draw('people.png', 960, page('people summary', await peoplePlan()));
