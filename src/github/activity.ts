import type { GitHub } from './client.ts';
import type { Repository } from './run.ts';

/** What GitHub answers about one run or pull request. */
export interface Activity {
  /** The repository that the answer is about, which need not be the one that was asked for by name. */
  repositoryId: number;
  /** The run's id or the pull request's number. */
  number: number;
  /** Of a run, from 1: a re-run counts up. Always 1 for a pull request. */
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

/** How GitHub is asked about runs, or about pull requests. All methods throw GitHubError. */
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
  /** The filters that together list all that have not ended. */
  active: readonly string[];
}

/** The most that GitHub puts on a page. */
export const rowsPerPage = 100;
