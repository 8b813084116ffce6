// The side of MinIO's policy package: one process, one thread, policies parsed once, requests made
// ready, one round of measuring. Reads the request lines of `iamcheck_peer_side write` on standard input.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"runtime"
	"strings"
	"time"

	"github.com/minio/pkg/v3/policy"
)

const roundTime = 300 * time.Millisecond

type line struct {
	PolicySet        string `json:"policySet"`
	IdentityPolicies []struct {
		Policy json.RawMessage `json:"policy"`
	} `json:"identityPolicies"`
	Action   string            `json:"action"`
	Resource string            `json:"resource"`
	Context  map[string]string `json:"context"`
}

func argsOf(asked line) policy.Args {
	bucket, object, _ := strings.Cut(strings.TrimPrefix(asked.Resource, "arn:aws:s3:::"), "/")
	values := map[string][]string{}
	for key, value := range asked.Context {
		values[strings.TrimPrefix(key, "aws:")] = []string{value}
	}
	return policy.Args{AccountName: asked.Context["aws:username"], Action: policy.Action(asked.Action),
		BucketName: bucket, ObjectName: object, ConditionValues: values}
}

func main() {
	runtime.GOMAXPROCS(1)
	var name string
	var parsed *policy.Policy
	var requests []policy.Args
	input := bufio.NewScanner(os.Stdin)
	input.Buffer(nil, 1<<20)
	for input.Scan() {
		var asked line
		if err := json.Unmarshal(input.Bytes(), &asked); err != nil {
			log.Fatal(err)
		}
		if asked.IdentityPolicies == nil {
			requests = append(requests, argsOf(asked))
			continue
		}
		if len(asked.IdentityPolicies) != 1 || parsed != nil {
			log.Fatal("expected one set of one policy")
		}
		name = asked.PolicySet
		var err error
		if parsed, err = policy.ParseConfig(strings.NewReader(string(asked.IdentityPolicies[0].Policy))); err != nil {
			log.Fatal(err)
		}
	}
	decisions := []string{}
	for _, request := range requests {
		answer := "Denied"
		if parsed.IsAllowed(request) {
			answer = "Allowed"
		}
		decisions = append(decisions, answer)
	}
	done, allowed := 0, 0
	start := time.Now()
	for time.Since(start) < roundTime {
		for _, request := range requests {
			if parsed.IsAllowed(request) {
				allowed++
			}
		}
		done += len(requests)
	}
	rate := float64(done) / time.Since(start).Seconds()
	if allowed > done {
		log.Fatal("counted wrong") // keeps the loop
	}
	output, err := json.Marshal(map[string]any{"set": name, "decisions": decisions,
		"rates": map[string]any{"Policy.IsAllowed": []float64{rate}}})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(string(output))
}
