package io.xenpatch.job.web;

/** Examples in the OpenAPI document. */
final class Examples {

    static final String WHOLE_POOL = """
            {
              "name": "November security update",
              "targets": [{"poolUuid": "c8a5f1d4-6b0e-4d52-9f27-0f9d3f8f7a11"}],
              "update": {"uuid": "5a1f1f8a-0c53-4f0e-8f4e-3f5f6b0a9c21"},
              "labels": {"change": "CHG-1042"},
              "reason": "XSA-480"
            }""";

    static final String LIVE_ONLY = """
            {
              "targets": [{
                "poolUuid": "c8a5f1d4-6b0e-4d52-9f27-0f9d3f8f7a11",
                "hostUuids": ["0f4c7f0a-7a3e-4c51-8d8a-6c1f8f3b2a10"]
              }],
              "update": {"uuid": "5a1f1f8a-0c53-4f0e-8f4e-3f5f6b0a9c21"},
              "livePatching": "REQUIRE",
              "onLivePatchFailure": "FAIL",
              "rollout": {"maxParallelPools": 2, "maxFailures": 1}
            }""";

    static final String JOB = """
            {
              "id": "3f0d1f5e-7a55-4b1c-9a0e-2c8f2f0f6d31",
              "name": "November security update",
              "state": "SUCCEEDED",
              "createdAt": "2026-11-25T07:30:00Z",
              "startedAt": "2026-11-25T07:30:00Z",
              "finishedAt": "2026-11-25T07:32:41Z",
              "createdBy": "local-admin",
              "request": {
                "targets": [{"poolUuid": "c8a5f1d4-6b0e-4d52-9f27-0f9d3f8f7a11"}],
                "update": {"uuid": "5a1f1f8a-0c53-4f0e-8f4e-3f5f6b0a9c21"}
              },
              "labels": {"change": "CHG-1042"},
              "progress": {"hostsTotal": 3, "hostsDone": 3, "hostsInProgress": 0, "percent": 100},
              "pools": [{
                "poolUuid": "c8a5f1d4-6b0e-4d52-9f27-0f9d3f8f7a11",
                "name": "lab",
                "state": "SUCCEEDED",
                "cancelRequested": false,
                "startedAt": "2026-11-25T07:30:00Z",
                "finishedAt": "2026-11-25T07:32:41Z",
                "prechecks": [],
                "failure": null
              }],
              "summary": {
                "livePatched": 3, "rebooted": 0, "toolstackRestarted": 0, "evacuated": 0, "noAction": 0,
                "manualActionLeft": 0, "skipped": 0, "failed": 0, "complete": true
              },
              "result": "NO_ACTION_REQUIRED",
              "failure": null,
              "retryOf": null
            }""";

    private Examples() {}
}
