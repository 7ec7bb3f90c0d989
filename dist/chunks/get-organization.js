export const id = 29;
export const ids = [29];
export const modules = {

/***/ 8029:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  getOrganization: () => (/* binding */ getOrganization)
});

// EXTERNAL MODULE: ./build/lib/email.js
var email = __webpack_require__(3520);
// EXTERNAL MODULE: ./build/lib/text.js
var lib_text = __webpack_require__(4869);
// EXTERNAL MODULE: ./build/runner/markdown.js
var markdown = __webpack_require__(1134);
;// CONCATENATED MODULE: ./build/members/render-organization.js



function organizationText({ id, plan }) {
    return (0,lib_text/* oneLine */.TN)(`Organization ${id} is on the plan ${plan}.`);
}
function organizationResult(organization, showEmails) {
    const shown = (0,email/* shownWith */.ou)(showEmails);
    const { id = '', handle = '', name = '', plan = '', managed_by = '', require_mfa, created_at = '' } = organization;
    const rows = (0,markdown/* facts */.Ix)([
        ['ID', (0,markdown/* code */.aY)(id)],
        ['Handle', (0,markdown/* code */.aY)(handle, shown)],
        ['Plan', (0,markdown/* plain */.pj)(plan)],
        ['Managed by', (0,markdown/* plain */.pj)(managed_by)],
        ['MFA', require_mfa === undefined ? 'unknown' : require_mfa ? 'required' : 'not required'],
        ['Created', (0,markdown/* time */.kB)(created_at)],
    ]);
    return {
        changed: false,
        outputs: {},
        json: { organization },
        summary: `### 🏢 ${(0,markdown/* plain */.pj)(name, shown)}\n\n${rows}\n`,
    };
}

;// CONCATENATED MODULE: ./build/operations/get-organization.js

const getOrganization = async ({ show_emails }, { neon, info }) => {
    const organization = await neon.getOrganization();
    info(organizationText(organization));
    return organizationResult(organization, show_emails);
};


/***/ })

};
