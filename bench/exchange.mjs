// The minimum cost of creating a key: the same request on a bare `node:http`, in its own process.
const [loaded, url, authorization, body] = process.argv.slice(2);
// An `import` reads every export of the module, which loads what its lazy exports need, such as WebSocket.
const { request } = loaded === 'imported' ? await import('node:http') : process.getBuiltinModule('node:http');
const headers = { authorization, accept: 'application/json', 'content-type': 'application/json' };
request(url, { method: 'POST', headers }, (response) => {
  const chunks = [];
  response.on('data', (chunk) => chunks.push(chunk));
  response.on('end', () => {
    process.exitCode = JSON.parse(Buffer.concat(chunks).toString()).key ? 0 : 1;
  });
}).end(body);
