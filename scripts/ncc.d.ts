declare module '@vercel/ncc' {
  interface Options {
    license: string;
    cache: false;
    quiet: boolean;
  }
  interface Bundle {
    code: string;
    assets: Record<string, { source: string | Buffer }>;
  }
  export default function ncc(entry: string, options: Options): Promise<Bundle>;
}
