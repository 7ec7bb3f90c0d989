// The least that a mint can cost: the same request on a bare `node:http`, as a process of its own.
const [loaded, url, authorization, body] = process.argv.slice(2);
// An `import` reads every export of the module, and so loads what stands behind the lazy ones, such as WebSocket.
const { request } = loaded === 'imported' ? await import('node:http') : process.getBuiltinModule('node:http');
const headers = { authorization, accept: 'application/json', 'content-type': 'application/json' };
request(url, { method: 'POST', headers }, (response) => {
  const chunks = [];
  response.on('data', (chunk) => chunks.push(chunk));
  response.on('end', () => {
    process.exitCode = JSON.parse(Buffer.concat(chunks).toString()).key ? 0 : 1;
  });
}).end(body);
