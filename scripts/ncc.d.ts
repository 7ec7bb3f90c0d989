declare module '@vercel/ncc' {
  interface Options {
    license: string;
    cache: false;
    quiet: boolean;
  }
  /** The part of webpack's statistics that is used. */
  interface Statistics {
    chunks: {
      id: number;
      entry: boolean;
      /** The imports that load the chunk. */
      origins: { request: string }[];
      /** Without a name: a group of modules. */
      modules: { name?: string }[];
    }[];
  }
  interface Bundle {
    code: string;
    assets: Record<string, { source: string | Buffer }>;
    stats: { toJson(options: Record<string, boolean>): Statistics };
  }
  export default function ncc(entry: string, options: Options): Promise<Bundle>;
}
