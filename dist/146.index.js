export const id = 146;
export const ids = [146];
export const modules = {

/***/ 1146:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   invite: () => (/* binding */ invite)
/* harmony export */ });
/* harmony import */ var _neon_endpoints_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(183);
/* harmony import */ var _people_plan_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5315);
/* harmony import */ var _people_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1838);
/* harmony import */ var _people_report_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1183);




const unlimited = { count: Number.POSITIVE_INFINITY };
/** Invites the listed people who are neither members nor invited yet. */
const invite = async (inputs, step) => {
    const trust = (0,_people_js__WEBPACK_IMPORTED_MODULE_1__/* .decideAloud */ .iO)(inputs.mode, step);
    const neon = (0,_neon_endpoints_js__WEBPACK_IMPORTED_MODULE_0__/* .readOnly */ .Tu)(step.neon);
    const [members, invitations] = [await neon.getOrganizationMembers(), await neon.getOrganizationInvitations()];
    const desired = (inputs.emails ?? []).map(({ email, role }) => ({ email, name: email, ...(role ? { role } : {}) }));
    const plan = (0,_people_plan_js__WEBPACK_IMPORTED_MODULE_3__/* .planPeople */ .j)({ desired, members, invitations, now: step.clock.now() }, {
        ...(inputs.role ? { defaultRole: inputs.role } : {}),
        members: false,
        allowedDomains: [],
        excluded: new Set(),
        protectedEmails: new Set(),
        reinvite: inputs.reinvite,
        maxInvitations: unlimited,
        maxRoleChanges: unlimited,
        maxRemovals: unlimited,
        unsure: [],
    });
    for (const { email, why } of plan.skip)
        step.info(`${email} ${why}.`);
    const deeds = trust.apply ? await (0,_people_js__WEBPACK_IMPORTED_MODULE_1__/* .apply */ .Bb)((0,_people_plan_js__WEBPACK_IMPORTED_MODULE_3__/* .stepsOf */ .B)(plan), invitations, step) : [];
    const result = (0,_people_report_js__WEBPACK_IMPORTED_MODULE_2__/* .peopleResult */ .l)({ plan, deeds, trust, showEmails: inputs.show_emails, members: false });
    return { ...result, json: { ...result.json, invitations: deeds.flatMap(({ invitation }) => invitation ?? []) } };
};


/***/ })

};
