import type { GitHub } from './client.ts';
import type { Repository } from './run.ts';

/** What GitHub returns about a run or pull request. */
export interface Activity {
  /** The repository in the response: not necessarily the requested one, because names are reused. */
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
  /** The number of pages, as far as the response contains it. */
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
  /** The filter that lists all of them. */
  all: string;
  /** The filters whose lists together contain everything that is active. */
  active: readonly string[];
}

/** GitHub's largest page. */
export const rowsPerPage = 100;
