import type { GitHub } from './client.ts';
import type { Repository } from './run.ts';

/** What GitHub returns about a run or pull request. */
export interface Activity {
  /** The repository in the response. It may not be the requested one, because names are reused. */
  repositoryId: number;
  /** The ID of the run, or the number of the pull request. */
  number: number;
  /** The attempt of a run, from 1. Always 1 for a pull request. */
  attempt: number;
  hasEnded: boolean;
}

/** A page of a list, newest first. */
export interface ActivityPage {
  rows: Activity[];
  /** The number of pages according to the response. */
  pages: number;
  /** The number of rows on all pages; undefined if the response does not contain it. */
  total?: number | undefined;
}

/** How to read runs or pull requests from GitHub. All methods throw GitHubError. */
export interface ActivityKind {
  /** @returns undefined if the response is unreadable */
  read(github: GitHub, place: Repository, number: number): Promise<Activity | undefined>;
  /**
   * @param page from 1
   * @returns undefined if the response is unreadable
   */
  list(github: GitHub, place: Repository, filter: string, page: number): Promise<ActivityPage | undefined>;
  /** The filter that matches all runs or pull requests. */
  all: string;
  /** Filters that together match everything that has not ended. */
  active: readonly string[];
}

/** GitHub's largest page. */
export const rowsPerPage = 100;
