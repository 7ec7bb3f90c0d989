import { Octokit } from '@octokit/rest';
import { expect } from 'vitest';
import type { GitHubServer } from '../../emulator/github.ts';

const quiet = { debug() {}, info() {}, warn() {}, error() {} };

/** GitHub's own client for the emulated GitHub. The default token is the app's. */
export function client(github: GitHubServer, auth: string = github.tokens.app): Octokit {
  return new Octokit({ auth, baseUrl: github.apiUrl, log: quiet });
}

/** SEED's repository. */
export const shop = { owner: 'acme', repo: 'shop' };

/** Matches octokit's error for a response with this status and a message with this text. */
export function refused(status: number, message: string) {
  return expect.objectContaining({ status, message: expect.stringContaining(message) });
}
