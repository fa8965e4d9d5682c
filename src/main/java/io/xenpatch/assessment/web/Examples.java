package io.xenpatch.assessment.web;

/** Examples in the OpenAPI document. */
final class Examples {

    static final String WHOLE_POOL = """
            {
              "targets": [{"poolUuid": "c8a5f1d4-6b0e-4d52-9f27-0f9d3f8f7a11"}],
              "update": {"uuid": "5a1f1f8a-0c53-4f0e-8f4e-3f5f6b0a9c21"}
            }""";

    static final String SOME_HOSTS = """
            {
              "targets": [{
                "poolUuid": "c8a5f1d4-6b0e-4d52-9f27-0f9d3f8f7a11",
                "hostUuids": ["0f4c7f0a-7a3e-4c51-8d8a-6c1f8f3b2a10"]
              }],
              "update": {"uuid": "5a1f1f8a-0c53-4f0e-8f4e-3f5f6b0a9c21"},
              "livePatching": "REQUIRE",
              "onLivePatchFailure": "WARN",
              "onBlocker": "SKIP_HOST"
            }""";

    static final String ASSESSMENT = """
            {
              "id": "9d3c7c1e-2d58-4a3c-9a55-0d7f0c1b6e42",
              "state": "COMPLETED",
              "createdAt": "2026-11-25T07:30:00Z",
              "createdBy": "local-admin",
              "completedAt": "2026-11-25T07:30:04Z",
              "targets": [{"poolUuid": "c8a5f1d4-6b0e-4d52-9f27-0f9d3f8f7a11"}],
              "update": {"uuid": "5a1f1f8a-0c53-4f0e-8f4e-3f5f6b0a9c21"},
              "outcome": "NO_ACTION_REQUIRED",
              "prechecks": [{
                "code": "LIVE_PATCH_EFFECTIVE",
                "severity": "OK",
                "scope": "HOST",
                "subjectUuid": "0f4c7f0a-7a3e-4c51-8d8a-6c1f8f3b2a10",
                "poolUuid": "c8a5f1d4-6b0e-4d52-9f27-0f9d3f8f7a11",
                "hostUuid": "0f4c7f0a-7a3e-4c51-8d8a-6c1f8f3b2a10",
                "title": "On host xen-1 a live patch takes the reboot's place",
                "detail": "Why: the live patch covers everything. Codes: LIVE_PATCH_COMPLETE.",
                "parameters": {"host": "xen-1", "reasons": ["LIVE_PATCH_COMPLETE"]},
                "fix": null
              }],
              "pools": [{
                "poolUuid": "c8a5f1d4-6b0e-4d52-9f27-0f9d3f8f7a11",
                "outcome": "NO_ACTION_REQUIRED",
                "hosts": [{
                  "hostUuid": "0f4c7f0a-7a3e-4c51-8d8a-6c1f8f3b2a10",
                  "tasks": [],
                  "livePatch": {"status": "COMPLETE", "effective": true, "components": []},
                  "reasons": [{"code": "LIVE_PATCH_COMPLETE", "source": "UPDATE", "detail": "REBOOT_HOST"}],
                  "vmsToRestart": [],
                  "inputs": {
                    "guidance": ["REBOOT_HOST"],
                    "livePatch": "COMPLETE",
                    "livePatchingEnabled": true,
                    "livePatchingLicensed": true,
                    "pending": [],
                    "guests": [],
                    "livePatching": "PREFER",
                    "guidanceLevels": ["MANDATORY", "RECOMMENDED"]
                  }
                }],
                "waves": [["0f4c7f0a-7a3e-4c51-8d8a-6c1f8f3b2a10"]],
                "steps": [
                  {"hostUuid": "0f4c7f0a-7a3e-4c51-8d8a-6c1f8f3b2a10", "type": "APPLY_UPDATE"},
                  {"hostUuid": "0f4c7f0a-7a3e-4c51-8d8a-6c1f8f3b2a10", "type": "VERIFY"}
                ],
                "skippedHosts": [],
                "estimate": {"duration": "PT2M5S"}
              }],
              "estimate": {"duration": "PT2M5S"}
            }""";

    private Examples() {}
}
