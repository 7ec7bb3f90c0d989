import type { GitHub } from './client.ts';
import type { Repository } from './run.ts';

/** What GitHub answers about one run or pull request. */
export interface Activity {
  /** The repository that the answer is about: not necessarily the requested one, because names are reused. */
  repositoryId: number;
  /** The run's id or the pull request's number. */
  number: number;
  /** The attempt of a run, from 1. Always 1 for a pull request. */
  attempt: number;
  hasEnded: boolean;
}

/** A page of a list, newest first. */
export interface ActivityPage {
  rows: Activity[];
  /** The number of pages, as far as the answer says. */
  pages: number;
  /** The number of rows on all pages; undefined when the answer does not say. */
  total?: number | undefined;
}

/** How to ask GitHub about runs or pull requests. All methods throw GitHubError. */
export interface ActivityKind {
  /** @returns undefined when the answer cannot be read */
  read(github: GitHub, place: Repository, number: number): Promise<Activity | undefined>;
  /**
   * @param page from 1
   * @returns undefined when the answer cannot be read
   */
  list(github: GitHub, place: Repository, filter: string, page: number): Promise<ActivityPage | undefined>;
  /** The filter that lists all of them. */
  all: string;
  /** The filters whose lists together contain everything that has not ended. */
  active: readonly string[];
}

/** GitHub's largest page. */
export const rowsPerPage = 100;
