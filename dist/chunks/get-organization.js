export const id = 379;
export const ids = [379];
export const modules = {

/***/ 1379:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   getOrganization: () => (/* binding */ getOrganization)
/* harmony export */ });
/* harmony import */ var _lib_email_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3520);
/* harmony import */ var _lib_text_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4869);
/* harmony import */ var _runner_markdown_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1134);



const getOrganization = async ({ show_emails }, { neon, info }) => {
    const shown = (0,_lib_email_js__WEBPACK_IMPORTED_MODULE_0__/* .shownWith */ .ou)(show_emails);
    const organization = await neon.getOrganization();
    info((0,_lib_text_js__WEBPACK_IMPORTED_MODULE_2__/* .oneLine */ .TN)(`Organization ${organization.id} is on the plan ${organization.plan}.`));
    return {
        changed: false,
        outputs: {},
        json: { organization },
        summary: `### 🏢 ${(0,_runner_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .plain */ .pj)(organization.name ?? '', shown)}\n\n${(0,_runner_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .facts */ .Ix)([
            ['Id', (0,_runner_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(organization.id ?? '')],
            ['Handle', (0,_runner_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(organization.handle ?? '', shown)],
            ['Plan', (0,_runner_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .plain */ .pj)(organization.plan ?? '')],
            ['Managed by', (0,_runner_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .plain */ .pj)(organization.managed_by ?? '')],
            [
                'MFA',
                organization.require_mfa === undefined ? 'unknown' : organization.require_mfa ? 'required' : 'not required',
            ],
            ['Created', (0,_runner_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .time */ .kB)(organization.created_at ?? '')],
        ])}\n`,
    };
};


/***/ })

};
