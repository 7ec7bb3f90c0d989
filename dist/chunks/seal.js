export const id = 345;
export const ids = [345];
export const modules = {

/***/ 2345:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   sealer: () => (/* binding */ sealer)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var _noble_ciphers_salsa_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6382);
/* harmony import */ var _noble_hashes_blake2_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(904);



function sealer(publicKey) {
    const recipient = Buffer.from(publicKey, 'base64');
    const recipientKey = importKey(recipient);
    return (text) => {
        const sender = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.generateKeyPairSync)('x25519');
        const senderPublic = exportKey(sender.publicKey);
        const shared = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.diffieHellman)({ privateKey: sender.privateKey, publicKey: recipientKey });
        const nonce = (0,_noble_hashes_blake2_js__WEBPACK_IMPORTED_MODULE_1__/* .blake2b */ .Sx)(Buffer.concat([senderPublic, recipient]), { dkLen: 24 });
        const box = (0,_noble_ciphers_salsa_js__WEBPACK_IMPORTED_MODULE_2__/* .xsalsa20poly1305 */ .uT)(boxKey(shared), nonce).encrypt(Buffer.from(text));
        return Buffer.concat([senderPublic, box]).toString('base64');
    };
}
const sigma = words(Buffer.from('expand 32-byte k'));
function boxKey(shared) {
    const key = new Uint32Array(8);
    (0,_noble_ciphers_salsa_js__WEBPACK_IMPORTED_MODULE_2__/* .hsalsa */ .bD)(sigma, words(shared), new Uint32Array(4), key);
    return new Uint8Array(key.buffer);
}
function words(bytes) {
    return new Uint32Array(Uint8Array.from(bytes).buffer);
}
function importKey(bytes) {
    if (bytes.length !== 32)
        throw new Error('The public key from GitHub is not 32 bytes long. Run this job again.');
    return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createPublicKey)({ key: { kty: 'OKP', crv: 'X25519', x: bytes.toString('base64url') }, format: 'jwk' });
}
function exportKey(key) {
    return Buffer.from(String(key.export({ format: 'jwk' }).x), 'base64url');
}


/***/ })

};
