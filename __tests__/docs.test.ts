import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import GithubSlugger from 'github-slugger';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { parsePolicy } from '../broker/policy/parse.ts';
import { referencePage } from '../scripts/reference-page.ts';
import { operationInputs } from '../src/inputs/declarations.ts';
import { readInputs } from '../src/inputs/read.ts';
import { parsePeopleFile } from '../src/members/people-file.ts';
import { complaints } from './github-parser.ts';

const root = join(import.meta.dirname, '..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const find = (...patterns: string[]) => globSync(patterns, { cwd: root }).map((file) => file.replaceAll('\\', '/'));
const pages = find('*.md', 'docs/*.md', 'bench/*.md').sort();

type Node = ReturnType<typeof fromMarkdown> | ReturnType<typeof fromMarkdown>['children'][number];

interface Page {
  /** The headings as they are written, with backticks; `depth` starts at 1. */
  headings: { depth: number; text: string }[];
  blocks: { lang: string; text: string }[];
  /** Targets of links and images. */
  links: string[];
}

function pageOf(markdown: string): Page {
  const page: Page = { headings: [], blocks: [], links: [] };
  const visit = (node: Node): void => {
    if ('url' in node) page.links.push(node.url);
    if (node.type === 'code') page.blocks.push({ lang: node.lang ?? '', text: `${node.value}\n` });
    if (node.type === 'heading') {
      const text = markdown.slice(node.position?.start.offset, node.position?.end.offset).replace(/^#+ /, '');
      page.headings.push({ depth: node.depth, text });
    }
    if ('children' in node) node.children.forEach(visit);
  };
  visit(fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }));
  return page;
}

/** The anchors that GitHub gives to the headings. */
function anchorsOf(markdown: string): string[] {
  const slugger = new GithubSlugger();
  return pageOf(markdown).headings.map(({ text }) => slugger.slug(text.replace(/[`*]/g, '')));
}

/** @returns the problem of a link; '' if its target exists */
function brokenLink(page: string, href: string): string {
  if (/^[a-z]+:/.test(href)) return href.startsWith('https://') ? '' : `${href} is not https`;
  const [path = '', anchor] = href.split('#');
  const file = path === '' ? page : relative(root, join(root, dirname(page), path)).replaceAll('\\', '/');
  if (file.startsWith('..') || !existsSync(join(root, file))) return `${href}: there is no ${file}`;
  if (anchor === undefined) return '';
  return anchorsOf(read(file)).includes(anchor) ? '' : `${href}: ${file} has no such heading`;
}

/** Values for the expressions in examples. */
const values: Record<string, string> = {
  api_key: 'x'.repeat(40),
  github_token: 'x'.repeat(40),
  org_id: 'org-sunny-meadow-12345678',
  project_id: 'cool-river-87654321',
  secret_name: 'NEON_API_KEY',
};

interface Step {
  uses?: string;
  with?: Record<string, unknown>;
}

/** The steps with this action, wherever they are in a YAML value. */
function ourSteps(value: unknown): Step[] {
  if (typeof value !== 'object' || value === null) return [];
  const { uses } = value as Step;
  const isOurs = typeof uses === 'string' && uses.startsWith('neon-org-action/neon-org-action@');
  return [...(isOurs ? [value as Step] : []), ...Object.values(value).flatMap(ourSteps)];
}

/** @returns the action's error about the inputs of a step; '' if they are valid */
async function complaintOf({ with: inputs = {} }: Step): Promise<string> {
  const written = Object.entries(inputs).map(([name, value]) => {
    const text = String(value);
    const filled = /^\$\{\{[^}]*\}\}$/.test(text) ? values[name] : text.replace(/\$\{\{[^}]*\}\}/g, '12');
    return [`INPUT_${name.toUpperCase()}`, filled ?? text];
  });
  return readInputs(Object.fromEntries(written)).then(
    () => '',
    (error: Error) => error.message,
  );
}

/** @returns the problems of a block of YAML, which is a workflow, a part of one, or a people file */
async function wrongYaml(text: string): Promise<string[]> {
  if (text.startsWith('# .github/neon-people.yml')) {
    await parsePeopleFile(text, 'neon-people.yml');
    return [];
  }
  if (text.startsWith('# policy.yml')) {
    parsePolicy(text);
    return [];
  }
  const value = parse(text) as Record<string, unknown> | unknown[];
  const steps = ourSteps(value);
  const isWorkflow = !Array.isArray(value) && 'on' in value;
  const wrong = isWorkflow ? await complaints('docs.yml', text) : [];
  // A part of a workflow is completed before it is checked.
  const jobs = Array.isArray(value) ? { 'a-job': { 'runs-on': 'ubuntu-latest', steps: value } } : value['jobs'];
  if (!isWorkflow) wrong.push(...(await complaints('docs.yml', JSON.stringify({ on: 'push', jobs }))));
  return [...wrong, ...(await Promise.all(steps.map(complaintOf)))].filter((complaint) => complaint !== '');
}

const yamlBlocks = pages.flatMap((page) =>
  pageOf(read(page)).blocks.flatMap(({ lang, text }) => (lang === 'yaml' ? [{ page, text }] : [])),
);

describe('the checks of the docs', () => {
  it.each([
    ['#there', ''],
    ['docs/reference.md#inputs', ''],
    ['https://neon.com', ''],
    ['http://neon.com', 'is not https'],
    ['docs/nothing.md', 'there is no docs/nothing.md'],
    ['../package.json', 'there is no ../package.json'],
    ['docs/reference.md#nothing', 'docs/reference.md has no such heading'],
  ])('find the problem of the link %s: %j', (href, wrong) => {
    const problem = href === '#there' ? brokenLink('README.md', '#operations') : brokenLink('README.md', href);
    expect(problem).toContain(wrong);
    expect(problem === '').toBe(wrong === '');
  });

  const step = (inputs: string) => `- uses: neon-org-action/neon-org-action@v1\n  with: { ${inputs} }\n`;
  const base = 'api_key: "${{ secrets.A }}", org_id: "${{ vars.B }}"';
  it.each([
    [step(`operation: list-keys, ${base}`), ''],
    [step(`operation: list-keys, ${base}, key_id: 1`), '`key_id` is not an input of `list-keys`'],
    [step(`operation: create-key, ${base}`), '`project_id` is required'],
    [step(`operation: list-key, ${base}`), 'did you mean `list-keys`?'],
    [`${step(`operation: list-keys, ${base}`)}- run: "\${{ secret.A }}"\n`, "Unrecognized named-value: 'secret'"],
    ['on: push\njobs:\n  a:\n    runs-on: x\n    step: []\n', "Unexpected value 'step'"],
  ])('find the problem of the YAML %j: %j', async (text, wrong) => {
    const problem = (await wrongYaml(text)).join('\n');
    expect(problem).toContain(wrong);
    expect(problem === '').toBe(wrong === '');
  });

  it('find the problems of an invalid people file', async () => {
    await expect(wrongYaml('# .github/neon-people.yml\npeople: { octocat: nobody }')).rejects.toThrow('e-mail');
  });
});

describe.each(pages)('%s', (page) => {
  it('has only links to existing targets', () => {
    const { links } = pageOf(read(page));
    expect(links.map((href) => brokenLink(page, href)).filter((wrong) => wrong !== '')).toEqual([]);
  });

  it('names only npm scripts that exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = [...read(page).matchAll(/npm run ([a-z:]+)/g)].map(([, name = '']) => name);
    expect(named.filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
  });
});

it.each(yamlBlocks)('$page contains YAML that works when it is pasted: $text', async ({ text }) => {
  expect(await wrongYaml(text)).toEqual([]);
});

describe('README.md', () => {
  it('begins with the example that the tests run in act', () => {
    const [first] = yamlBlocks.filter(({ page }) => page === 'README.md');
    expect(first?.text).toBe(read('examples/job-key.yml'));
  });

  it('names each operation once in its table', () => {
    const named = [...read('README.md').matchAll(/^\| `([a-z-]+)` \|/gm)]
      .map(([, name]) => name)
      .filter((name) => name !== 'operation');
    expect(named.sort()).toEqual(Object.keys(operationInputs).sort());
  });

  it('links to every page', () => {
    const reached = new Set(pageOf(read('README.md')).links.map((href) => href.split('#')[0]));
    expect(pages.filter((page) => page !== 'README.md' && !reached.has(page))).toEqual([]);
  });
});

it('docs/reference.md is the output of `npm run reference`', () => {
  expect(read('docs/reference.md')).toBe(referencePage());
});

describe('docs/troubleshooting.md', () => {
  const source = find('src/**/*.ts')
    .filter((file) => file !== 'src/runner/help-headings.ts')
    .map((file) => read(file).replaceAll('\\`', '`'))
    .join('\n');
  const errors = pageOf(read('docs/troubleshooting.md')).headings.filter(({ depth }) => depth === 3);

  it('has sections about errors', () => expect(errors.length).toBeGreaterThan(20));

  it.each(errors.map(({ text }) => text))('has an error of this code base in the section %s', (text) => {
    const fixed = text.split('…').map((part) => part.trim());
    expect(fixed.filter((part) => !source.includes(part))).toEqual([]);
  });
});
