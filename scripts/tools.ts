// Third-party programs in Go, for `npm run lint:workflows` and `npm run test:runner`. All others are in package.json.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Go modules at exact versions. Go checks each download against its checksum database. */
const modules = {
  act: 'github.com/nektos/act@v0.2.89',
  actionlint: 'github.com/rhysd/actionlint/cmd/actionlint@v1.7.12',
};

/**
 * Installs a program in `.tools/`, once for each version. Requires Go, and network access for the first installation.
 * @returns the path of the program
 */
export function tool(name: keyof typeof modules): string {
  const module = modules[name];
  const folder = join(import.meta.dirname, '../.tools', module.slice(module.lastIndexOf('/') + 1));
  const program = join(folder, process.platform === 'win32' ? `${name}.exe` : name);
  if (!existsSync(program)) {
    console.log(`go install ${module}`);
    execFileSync('go', ['install', module], { env: { ...process.env, GOBIN: folder }, stdio: 'inherit' });
  }
  return program;
}
