import { describe } from 'vitest';
import { testBranchExample } from './branches.ts';
import { neonActions } from './neon-actions.ts';

describe('branch-per-run.yml', () => {
  testBranchExample({ example: 'branch-per-run.yml', actions: neonActions, masked: false });
});
