import { describe } from 'vitest';
import { testBranchExample } from './branches.ts';
import { neonCli } from './neon-actions.ts';

describe('branch-with-cli.yml', () => {
  testBranchExample({ example: 'branch-with-cli.yml', files: neonCli, masked: true });
});
