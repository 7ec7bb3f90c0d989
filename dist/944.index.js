export const id = 944;
export const ids = [944];
export const modules = {

/***/ 2944:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   openProxy: () => (/* binding */ openProxy),
/* harmony export */   proxiedFetch: () => (/* binding */ proxiedFetch)
/* harmony export */ });
/* harmony import */ var undici_lib_api_api_connect_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2279);
/* harmony import */ var undici_lib_dispatcher_dispatcher_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(883);
/* harmony import */ var undici_lib_dispatcher_env_http_proxy_agent_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3137);



// Undici's index gives dispatchers their methods; this is the one with which a proxy agent opens a tunnel.
Object.assign(undici_lib_dispatcher_dispatcher_js__WEBPACK_IMPORTED_MODULE_1__.prototype, { connect: undici_lib_api_api_connect_js__WEBPACK_IMPORTED_MODULE_0__ });
/**
 * Opens requests through a proxy, but for the hosts of `noProxy`.
 * @param proxy the proxy's address, maybe with user and password
 * @param noProxy host names by commas
 */
function openProxy(proxy, noProxy, options) {
    return new undici_lib_dispatcher_env_http_proxy_agent_js__WEBPACK_IMPORTED_MODULE_2__({ ...options, httpProxy: proxy, httpsProxy: proxy, noProxy });
}
/** Node's own `fetch` does not take the agents of this undici; undici's `fetch` does. */
function proxiedFetch(proxy, noProxy) {
    const dispatcher = openProxy(proxy, noProxy, { allowH2: false });
    const send = async (url, init) => (await __webpack_require__.e(/* import() */ 398).then(__webpack_require__.t.bind(__webpack_require__, 4398, 19))).fetch(url, { ...init, dispatcher });
    return send;
}


/***/ })

};
